import { describe, expect, it } from "vitest";
import { proposeNamePinyin, readings, textPinyin } from "../../../src-renderer/language/pinyin";

describe("the pinyin proposed for a name", () => {
  it.each([
    ["单磊", "Shàn Lěi"],
    ["曾志伟", "Zēng Zhìwěi"],
    ["仇和", "Qiú Hé"],
    ["解晓东", "Xiè Xiǎodōng"],
    ["查良镛", "Zhā Liángyōng"],
    ["盖叫天", "Gě Jiàotiān"],
    ["区玉章", "Ōu Yùzhāng"],
    ["朴树", "Piáo Shù"],
    ["任正非", "Rén Zhèngfēi"],
    ["华罗庚", "Huà Luógēng"],
    ["燕青", "Yān Qīng"],
    ["乐毅", "Yuè Yì"],
    ["覃海洋", "Qín Hǎiyáng"],
    ["翟天临", "Zhái Tiānlín"],
    ["缪斯", "Miào Sī"],
    ["应采儿", "Yīng Cǎi'ér"],
    ["占海特", "Zhān Hǎitè"],
    ["种师道", "Chóng Shīdào"],
    ["祭遵", "Zhài Zūn"],
    ["员半千", "Yùn Bànqiān"],
    ["那英", "Nā Yīng"],
    ["召忽", "Shào Hū"],
    ["折可适", "Shé Kěshì"],
    ["令狐冲", "Línghú Chōng"],
    ["尉迟恭", "Yùchí Gōng"],
    ["万俟卨", "Mòqí Xiè"],
    ["欧阳修", "Ōuyáng Xiū"],
    ["欧阳秀文", "Ōuyáng Xiùwén"],
    ["司马光", "Sīmǎ Guāng"],
    ["诸葛亮", "Zhūgě Liàng"],
    ["长孙无忌", "Zhǎngsūn Wújì"],
    ["夏侯惇", "Xiàhóu Dūn"],
    ["鲜于枢", "Xiānyú Shū"],
    ["澹台灭明", "Tántái Mièmíng"],
    ["司马", "Sīmǎ"],
    ["李建安", "Lǐ Jiàn'ān"],
    ["吕布", "Lǚ Bù"],
    ["王", "Wáng"],
    ["單磊", "Shàn Lěi"],
    ["歐陽修", "Ōuyáng Xiū"],
    ["葉聖陶", "Yè Shèngtáo"],
    ["张 三", "Zhāng Sān"],
    [" 张三 ", "Zhāng Sān"],
    ["𠮷田茂", "Jí Tiánmào"],
    ["㐂乐", "Xǐ Lè"],
    ["吾尔开希·多莱特", "Wú'ěrkāixī·Duōláitè"],
    ["张三 Peter", "Zhāng Sān Peter"],
  ])("%s is %s", (name, pinyin) => {
    expect(proposeNamePinyin(name)).toBe(pinyin);
  });

  it("is empty where there is nothing to read, or no name", () => {
    for (const name of ["", "  ", "Anna Weber", "🙂", "中".repeat(100_000)]) expect(proposeNamePinyin(name)).toBe("");
  });

  it("leaves a character as it is when nobody knows its reading", () => {
    expect(proposeNamePinyin("王\u{2A6D6}")).toMatch(/^Wáng /);
  });
});

describe("the readings offered", () => {
  it("begin with the proposed one", () => {
    expect(readings("单磊", "name")).toEqual(["Shàn Lěi", "Dān Lěi", "Chán Lěi"]);
    expect(readings("曾和", "name")[0]).toBe("Zēng Hé");
    expect(readings("曾和", "name")).toContain("Céng Hé");
    expect(readings("重庆", "text")).toEqual(["chóng qìng", "zhòng qìng"]);
  });

  it("are a few even for long texts, none without Chinese, and never the same twice", () => {
    const many = readings("中国和平重要行业发展得很好".repeat(20), "text");
    expect(many.length).toBeGreaterThan(1);
    expect(many.length).toBeLessThanOrEqual(12);
    expect(new Set(many).size).toBe(many.length);
    expect(readings("MOHURD", "text")).toEqual([]);
  });
});

describe("the pinyin of a text", () => {
  it.each([
    ["住建部", "zhù jiàn bù"],
    ["重庆市", "chóng qìng shì"],
    ["银行", "yín háng"],
    ["重慶市", "chóng qìng shì"],
    ["乾隆", "qián lóng"],
    ["GB/T 标准", "GB/T biāo zhǔn"],
    ["eu标准", "eu biāo zhǔn"],
    ["一不", "yī bù"],
    ["", ""],
  ])("%s is %s", (text, pinyin) => {
    expect(textPinyin(text)).toBe(pinyin);
  });
});
