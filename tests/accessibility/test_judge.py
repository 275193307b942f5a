"""The judge sees each fault that it knows, and finds none in a sound page."""

import pytest

from tests.accessibility.judge import faults_of

SOUND = """<!DOCTYPE html>
<html lang="ko"><head><title>복지시설 | 포털</title></head><body>
<a href="#content">본문 바로가기</a>
<main id="content">
  <h1>복지시설</h1>
  <form>
    <label for="q">검색어</label><input id="q" name="q">
    <label>자치구 <select name="district"><option>종로구</option></select></label>
    <fieldset><legend>종류</legend><input type="checkbox" aria-label="노인복지관"></fieldset>
    <button type="submit">찾기</button>
  </form>
  <h2>결과</h2>
  <a href="/welfare/"><img src="/x.png" alt="복지"></a>
  <svg aria-hidden="true"><path d="M0 0"/></svg>
  <table><caption>수</caption><tr><th scope="col">구</th></tr><tr><td>1</td></tr></table>
  <h3>하나</h3><h2>둘</h2>
</main></body></html>"""


class TestJudge:
    def test_finds_nothing_in_a_sound_page(self):
        assert faults_of(SOUND, "ko") == []

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("<h3>One</h3>", "<h3>하나</h3>"),
            ('<span lang="ko">강남구</span>', "강남구"),
            ('<span lang="ko">강남구</span>', '<span lang="en">강남구</span>'),
            ("<h3>", '<h3 aria-label="하나">'),
            ('<span lang="ko">강남구</span>', "ㄱㄴㄱ"),
        ],
    )
    def test_finds_words_that_nobody_translated_or_marked(self, before, after):
        sound = """<!DOCTYPE html><html lang="en"><head><title>가온복지관</title></head><body>
            <a href="#main">Skip</a><main id="main"><h1>Where</h1><h2 lang="ko">가온복지관</h2>
            <p>In <span lang="ko">강남구</span><!-- 서울 --></p><h3>One</h3>
            <input aria-label="Name" value="가온"></main></body></html>"""
        assert before in sound
        assert faults_of(sound, "en") == []

        (fault,) = faults_of(sound.replace(before, after), "en")

        assert fault.startswith("7.1.1 ")

    @pytest.mark.parametrize(
        ("clause", "before", "after"),
        [
            ("7.1.1", 'lang="ko"', 'lang="en"'),
            ("7.1.1", ' lang="ko"', ""),
            ("6.4.2", "복지시설 | 포털", ""),
            ("6.4.2", "<h1>복지시설</h1>", ""),
            ("6.4.2", "<h2>결과</h2>", "<h1>결과</h1>"),
            ("6.4.2", "<h2>결과</h2>", "<h3>결과</h3>"),
            ("6.4.2", "<h2>결과</h2>", "<h2></h2>"),
            ("6.4.2", "<h2>결과</h2>", '<h2>결과</h2><iframe src="/m"></iframe>'),
            ("6.4.1", '<main id="content">', '<div id="content">'),
            ("6.4.1", "#content", "/welfare/"),
            ("6.4.1", "#content", "#gone"),
            ("7.3.2", '<label for="q">검색어</label>', ""),
            ("7.3.2", "자치구 <select", "<select"),
            ("7.3.2", ' aria-label="노인복지관"', ""),
            ("7.3.2", "<legend>종류</legend>", ""),
            ("5.1.1", ' alt="복지"', ""),
            ("5.1.1", ' aria-hidden="true"', ""),
            ("6.4.3", 'alt="복지"', 'alt=""'),
            ("6.4.3", ">찾기<", "><"),
            ("5.3.1", "<caption>수</caption>", ""),
            ("5.3.1", ' scope="col"', ""),
            ("5.3.1", '<th scope="col">구</th>', "<td>구</td>"),
            ("8.1.1", '<svg aria-hidden="true"', '<svg id="q" aria-hidden="true"'),
            ("8.1.1", "<h3>", '<h3 aria-describedby="gone">'),
            ("8.1.1", 'href="/welfare/"', 'href="#"'),
            ("6.2.1", "<head>", '<head><meta http-equiv="Refresh" content="5">'),
            ("5.4.2", "<h3>", "<video autoplay></video><h3>"),
        ],
    )
    def test_finds_each_fault(self, clause, before, after):
        assert before in SOUND

        faults = faults_of(SOUND.replace(before, after), "ko")

        assert [fault for fault in faults if fault.startswith(f"{clause} ")], faults
