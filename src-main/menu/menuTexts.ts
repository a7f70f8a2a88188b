import type { Language } from "../shared/settings";

/** Texts of the system menu and of the message shown when there is no window yet. */
const en = {
  file: "File",
  edit: "Edit",
  view: "View",
  settings: "Settings…",
  quit: "Quit Qiao",
  undo: "Undo",
  redo: "Redo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  pastePlain: "Paste as Plain Text",
  selectAll: "Select All",
  find: "Find…",
  zoomIn: "Larger Text",
  zoomOut: "Smaller Text",
  resetZoom: "Usual Text Size",
  fullScreen: "Full Screen",
  help: "Help",
  shortcuts: "Keyboard Shortcuts",
  cannotStartTitle: "Qiao cannot start",
  cannotStart: "Something in the data folder stands in the way. The file logs/main.log in it says what.",
  cannotWrite:
    "Qiao cannot write to its data folder. Make the folder writable or free some disk space, then start Qiao again.",
};
export type MenuTexts = typeof en;

const zh: MenuTexts = {
  file: "文件",
  edit: "编辑",
  view: "视图",
  settings: "设置…",
  quit: "退出 Qiao",
  undo: "撤销",
  redo: "重做",
  cut: "剪切",
  copy: "复制",
  paste: "粘贴",
  pastePlain: "粘贴为纯文本",
  selectAll: "全选",
  find: "查找…",
  zoomIn: "放大文字",
  zoomOut: "缩小文字",
  resetZoom: "默认字号",
  fullScreen: "全屏",
  help: "帮助",
  shortcuts: "键盘快捷键",
  cannotStartTitle: "Qiao 无法启动",
  cannotStart: "数据文件夹存在问题，原因见其中的 logs/main.log 文件。",
  cannotWrite: "Qiao 无法写入数据文件夹。请将该文件夹设为可写或腾出磁盘空间，然后重新启动 Qiao。",
};

export function menuTexts(language: Language): MenuTexts {
  return language === "zh-CN" ? zh : en;
}

/** The interface language until one is chosen: Chinese on a Chinese system, English elsewhere. */
export function languageOf(chosen: Language | undefined, systemLanguage: string): Language {
  return chosen ?? (/^zh\b/i.test(systemLanguage) ? "zh-CN" : "en");
}
