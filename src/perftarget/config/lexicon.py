"""The settings of the words in names of indicators: kinds, directions and sizes of their values."""

from __future__ import annotations

from pydantic import Field

from perftarget.config.settings import Setting


class Heads(Setting):
    """The ends of names that decide what an indicator measures, by kind."""

    people: list[str] = Field([], description="人数、户数")
    count: list[str] = Field([], description="件数、次数等可以逐个数的")
    event: list[str] = Field([], description="不希望发生的事")
    rate: list[str] = Field([], description="比率")
    satisfaction: list[str] = Field([], description="满意度，也是比率")
    area: list[str] = Field([], description="面积")
    length: list[str] = Field([], description="长度")
    measure: list[str] = Field([], description="其他有量纲的量")
    amount: list[str] = Field([], description="金额")
    income: list[str] = Field([], description="收入、产值等越多越好的金额，也可以写增长的比率")
    cost: list[str] = Field([], description="要花的钱")
    standard: list[str] = Field([], description="单价、每人每月等的标准")
    standard_of_cost: list[str] = Field([], description="只在成本指标下才是标准的")
    date: list[str] = Field([], description="何时完成")
    duration: list[str] = Field([], description="多久")
    frequency: list[str] = Field([], description="多久一次")
    score: list[str] = Field([], description="得分")
    other: list[str] = Field([], description="以上面的词结尾，却可以有各种绩效值的")


class PolarityWords(Setting):
    """The words of a name that decide if more is better; the last of them in a name decides."""

    higher: list[str] = Field([], description="越高越好")
    lower: list[str] = Field([], description="越低越好")
    handled: list[str] = Field([], description="名称里有这些词的数量，说的是对坏事做了什么，不是越低越好")
    negated: list[str] = Field([], description="名称里有这些词的，坏事变成好事，比率也是这样")
    ceiling: list[str] = Field([], description="不得超过的")
    process: list[str] = Field([], description="办事的时间，越短越好")
    neither: list[str] = Field([], description="不分高低的")
    workload: list[str] = Field([], description="数量指标里只有这些词才是不希望发生的事，其余是要办的事")


class RateWords(Setting):
    """The words in names of rates of unusual size."""

    unbounded: list[str] = Field([], description="可以超过 100%、可以是负数的")
    per_mille: list[str] = Field([], description="常用千分比的")
    low: list[str] = Field([], description="越高越好、但可以很低的")


class Lexicon(Setting):
    """The words in names that say what the values are; a profile adds words, and removes those with a leading -."""

    heads: Heads = Heads()
    polarity: PolarityWords = PolarityWords()
    rates: RateWords = RateWords()
