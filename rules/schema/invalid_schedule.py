from collections.abc import Iterator

from hslint import ERROR, Manifest, Problem, has_placeholder, rule

_NAMES = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
#: Where the names of time zones begin, and those that are a single word.
_AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil"),
    *("Canada", "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US"),
)
_ZONES = (
    *("CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB", "GMT"),
    *("GB-Eire", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran"),
    *("Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo"),
    *("NZ-CHAT", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey"),
    *("UCT", "UTC", "Universal", "W-SU", "WET", "Zulu"),
)
#: One more than the longest name of a city has.
_LONGEST = 20
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
#: The fields of a schedule: what each is, its least and largest number, and its words.
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 6, _DAYS),
)


@rule(ERROR, "CronJob")
def check(manifest: Manifest) -> Iterator[Problem]:
    """The schedule of a CronJob is none, or its time zone.

    The API server rejects it. A schedule has five fields: minute, hour, day of the month, month and
    day of the week, where Sunday is 0 and never 7; or it is `@daily` and its like. The time zone
    has a field of its own, `timeZone`, and is no part of the schedule.

    Write five fields.
    (Source: pkg/apis/batch/validation: validateScheduleFormat, validateTimeZone;
    github.com/robfig/cron/v3: ParseStandard.)

    ```yaml bad
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 24 * * *"  # error: `24` is no hour
      timeZone: Local  # error: `Local` cannot be a time zone
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: backup:1
    ```

    ```yaml good
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "*/5 0-6,22 1,15 jan-mar MON"
      timeZone: Europe/Berlin
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: backup:1
    ```
    """
    rejected = f"so the API server rejects {manifest.title}"
    schedule, zone = manifest.spec["schedule"], manifest.spec["timeZone"]
    text = schedule.string
    if isinstance(schedule.value, str) and not has_placeholder(text) and (reason := _not_one(text)):
        help_ = "write minute, hour, day of the month, month and day of the week"
        yield Problem(schedule, f"`{text}` is no schedule: {reason}, {rejected}", help=help_)
    if isinstance(zone.value, str) and not has_placeholder(zone.string):
        area, slash, rest = zone.string.partition("/")
        known = slash and area in _AREAS and all(map(_is_place, rest.split("/")))
        if not known and zone.string not in _ZONES:
            message = f"`{zone.string}` cannot be a time zone, {rejected}"
            yield Problem(zone, message, help="write a name such as `Europe/Berlin`")


def _is_place(text: str) -> bool:
    """Whether a city can be called so; which there are is not known everywhere."""
    return 0 < len(text) < _LONGEST and text.isascii() and not set(text) & set(" ./:%")


def _not_one(text: str) -> str:
    """Why a text is no schedule, or ""."""
    if text.startswith(("TZ=", "CRON_TZ=")):
        return "a time zone does not belong here"
    if text.startswith("@"):
        return "" if text in _NAMES or text.startswith("@every ") else "no such word is known"
    fields = text.split()
    if len(fields) != 5:
        return f"it has {len(fields)} fields, not 5"
    for field, (what, low, high, words) in zip(fields, _FIELDS, strict=True):
        for part in field.split(","):
            if not _is_range(part, low, high, words):
                return f"`{part}` is no {what}"
    return ""


def _is_range(part: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    """Whether a part of a field is a number, a range or a step (robfig/cron: getRange)."""
    span, slash, step = part.partition("/")
    if slash and not (step.isdecimal() and int(step)):
        return False
    if span in ("*", "?"):
        return True
    first, dash, last = span.partition("-")
    ends = [_number(end, low, words) for end in ((first, last) if dash else (first,))]
    numbers = [end for end in ends if end is not None and low <= end <= high]
    return len(numbers) == len(ends) and numbers == sorted(numbers)


def _number(text: str, low: int, words: tuple[str, ...]) -> int | None:
    if text.lower() in words:
        return words.index(text.lower()) + low
    return int(text) if text.isascii() and text.isdecimal() else None
