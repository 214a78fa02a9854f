"""Budget performance target tables (项目支出预算绩效目标表): read, checked, reported, written."""

__version__ = "0.1.0"
