/** Chinese surnames whose length or reading cannot be told from the characters alone. */

/** Surnames of two characters (百家姓 and those in use today), simplified. */
const compoundSurnames: ReadonlySet<string> = new Set(
  (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 " +
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 穀梁 拓跋 夹谷 轩辕 " +
    "令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 东里 仲长 子桑 即墨 达奚 褚师 纳兰 淳于 单于 哥舒 " +
    "完颜 耶律 贺兰 斛律 叱干 屈突 贺拔 第五 相里 公伯 公仪 左人 毌丘 北宫 西乞 贺若 贯丘"
  ).split(" "),
);

/** Surnames that pinyin-pro reads like the common word. Source: 现代汉语词典, entries marked 姓. */
const surnameReadings: ReadonlyMap<string, string> = new Map([
  ["占", "zhān"],
  ["种", "chóng"],
  ["重", "chóng"],
  ["祭", "zhài"],
  ["洗", "xiǎn"],
  ["隽", "juàn"],
  ["佴", "nài"],
]);

/** How many characters of a Chinese name (simplified) are its surname. */
export function surnameLength(name: string): number {
  return compoundSurnames.has(Array.from(name).slice(0, 2).join("")) ? 2 : 1;
}

/** The reading of a one-character surname where it is an exception to the dictionary, with a tone mark. */
export function surnameReading(character: string): string | undefined {
  return surnameReadings.get(character);
}
