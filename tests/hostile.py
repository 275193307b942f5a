"""Values that no address may fall over, whatever it takes them for."""

# What a program sends by mistake, or somebody on purpose.
HOSTILE: tuple[str | bytes, ...] = (
    "\x00", "a\x00b", "' OR '1'='1", "\\", "%", "_", "$1", "%s", "{}", "((((", ":*", "!", "<->",
    "9" * 400, "-1", "1e309", "NaN", "Infinity", "²", "٣", "0x1F", "true", "null", "[]", "{}",
    "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", b"\xc3\x28", "\u202e", "\ufffd", "😀",
    "가" * 100, "ㅋ", "ᄀ", "i̇", "\r\nSet-Cookie: a=b", "<script>", "../../../etc/passwd",
    "37.5,127", "127,37.5", "37.5,127,1", ",", "1,", "inf,inf", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59",
    "2026-02-30", "24:00", " ", "\t", "a" * 5_000,
)  # fmt: skip
