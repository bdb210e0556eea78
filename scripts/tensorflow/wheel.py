"""Wheels are zip files: reads what one requires, takes out what is needed of it."""

import re
import sys
import zipfile


def requirements(wheel: str, extra: str) -> list[str]:
    """Requirements of an optional part of the package, each as pip takes it."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
    wanted = re.compile(rf"Requires-Dist: ([^;]+?) *; *extra == [\"']{extra}[\"']$")
    return [match[1] for line in lines if (match := wanted.match(line))]


def unpack(wheel: str, folder: str, pattern: str) -> None:
    """Every file whose path matches from its beginning."""
    wanted = re.compile(pattern)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if wanted.match(name) and not name.endswith("/"):
                archive.extract(name, folder)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "requirements":
        print("\n".join(requirements(*arguments)))
    else:
        unpack(*arguments)
