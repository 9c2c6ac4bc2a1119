"""The HTML report of a load run, and the table of faults, in a browser: with scripts and without.

Screenshots, which somebody has to look at: SOCKSPEC_SCREENSHOTS.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from support import browser
from support.sockspec import ROOT, SOCKSPEC

SCREENSHOTS = os.environ.get("SOCKSPEC_SCREENSHOTS")
SECONDS = 30
INTERVAL = 1_000_000_000  # nanoseconds
# What Jenkins sends with an archived page: no script, no style sheet inside the page.
JENKINS = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">"


def render(*words, lang):
    return subprocess.run([SOCKSPEC, *map(str, words), "--html", "-", "--lang", lang], check=True, capture_output=True,
                          timeout=60).stdout


def a_report():
    """The golden report, which has everything, with some seconds to draw and hostile words in it."""
    report = json.loads((ROOT / "reports" / "golden" / "load-report.json").read_text())
    shape = report["intervals"][0]
    report["lang"] = "en"
    report["duration_s"] = SECONDS
    report["intervals"] = [
        {**shape, "start_ns": second * INTERVAL, "length_ns": INTERVAL, "sent": 1000,
         "answered": 600 if second == 20 else 1000, "errors": 12 if second == 20 else 0,
         "p50": 150_000, "p99": 400_000_000 if second == 20 else 2_000_000 + 50_000 * second,
         "max": 900_000_000 if second == 20 else 5_000_000}
        for second in range(SECONDS)]
    report["server_output"] = {
        "text": "</pre><script>document.title = 'taken over'</script><img src=http://192.0.2.1/x>"}
    return report


def setUpModule():
    if browser.missing():
        raise unittest.SkipTest(f"no browser: {browser.missing()} not installed (ci/install-packages.sh --tests)")


class Page:
    """A page that is open in the browser."""

    def __init__(self, window, file, **look):
        self._window = window
        self._address = file.resolve().as_uri()
        window.look(**look)
        window.open(file)
        self.complaints = []
        self.requests = []

    def listen(self):
        """Takes up what the browser has noted since."""
        self.complaints += self._window.complaints()
        self.requests += [address for address in self._window.requests()
                          if address.split("#")[0] != self._address and not address.startswith("data:")]

    def value(self, expression):
        return self._window.run(f"return {expression}")

    def press(self, key):
        code = {"End": 35, "Home": 36, "ArrowRight": 39, "Enter": 13}[key]
        more = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self._window.command("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                                 **(more if kind == "keyDown" else {}))

    def type(self, text):
        self._window.command("Input.insertText", text=text)

    def screenshot(self, name):
        if SCREENSHOTS:
            self._window.screenshot(pathlib.Path(SCREENSHOTS, f"{name}.png"), whole=True)


class Shown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.window = browser.Browser().__enter__()
        cls.addClassCleanup(cls.window.__exit__)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        folder = pathlib.Path(cls.folder.name)
        report = folder / "report.json"
        report.write_text(json.dumps(a_report()))
        cls.load = {}
        cls.faults = {}
        for lang in ("en", "ko"):
            cls.load[lang] = folder / f"load.{lang}.html"
            cls.load[lang].write_bytes(render("report", report, lang=lang))
            cls.faults[lang] = folder / f"faults.{lang}.html"
            cls.faults[lang].write_bytes(render("selftest", "--no-run", lang=lang))

    def open(self, file, **look):
        return Page(self.window, file, **look)

    def assert_quiet(self, page):
        page.listen()
        self.assertEqual(page.complaints, [])
        self.assertEqual(page.requests, [])

    def assert_fits(self, page):
        """Only parts that are made for it may be scrolled sideways, never the page."""
        self.assertLessEqual(page.value("document.documentElement.scrollWidth - innerWidth"), 0)

    def has_library(self):
        return "Chart.js v" in self.load["en"].read_text()

    def test_without_scripts_the_curves_are_svg(self):
        page = self.open(self.load["en"], javascript=False)
        self.assert_quiet(page)
        self.assert_fits(page)
        self.assertEqual(page.value("document.querySelectorAll('figure svg[role=img]').length"), 3)
        self.assertEqual(page.value("document.querySelectorAll('canvas').length"), 0)
        self.assertGreater(page.value("document.querySelector('#chart-latency path').getTotalLength()"), 300)
        self.assertEqual(page.value("getComputedStyle(document.querySelector('figure svg')).visibility"), "visible")
        page.screenshot("load-without-scripts")

    def test_with_scripts_the_library_draws_them(self):
        if not self.has_library():
            self.skipTest("this sockspec was built without the chart library")
        page = self.open(self.load["en"])
        self.assert_quiet(page)
        self.assert_fits(page)
        self.assertEqual(page.value("document.querySelectorAll('figure.drawn canvas').length"), 3)
        for figure in ("rate", "latency", "percentiles"):
            with self.subTest(figure):
                self.assertGreater(self.colours(page, figure), 3)
        page.screenshot("load")

    @staticmethod
    def colours(page, figure):
        """How many strong colours there are on a canvas: something was drawn, and not just its frame."""
        return page.value(f"""(() => {{
            const canvas = document.querySelector('#chart-{figure} canvas');
            const {{data}} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] > 200) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            return seen.size;
        }})()""")

    def test_without_the_library_the_svg_stays(self):
        page_text = self.load["en"].read_text()
        scripts = page_text.split("<script>")
        kept = scripts[0] + "".join(f"<script>{part}" for part in scripts[1:] if "Chart.js v" not in part)
        file = self.load["en"].with_name("no-library.html")
        file.write_text(kept)
        page = self.open(file)
        self.assert_quiet(page)
        self.assertEqual(page.value("document.querySelectorAll('canvas').length"), 0)
        self.assertEqual(page.value("getComputedStyle(document.querySelector('figure svg')).visibility"), "visible")

    def test_the_arrow_keys_read_a_curve_aloud(self):
        if not self.has_library():
            self.skipTest("this sockspec was built without the chart library")
        page = self.open(self.load["en"])
        page.value("document.querySelector('#chart-rate canvas').focus()")
        page.press("End")
        self.assertIn("29–30 s: 1,000/s", page.value("document.querySelector('#chart-rate .reading').textContent"))
        page.press("Home")
        page.press("ArrowRight")
        self.assertIn("1–2 s: 1,000/s", page.value("document.querySelector('#chart-rate .reading').textContent"))
        self.assertIn("Arrow keys", page.value("document.querySelector('#chart-rate canvas').ariaLabel"))
        self.assert_quiet(page)

    def test_a_curve_is_hidden_with_its_button(self):
        if not self.has_library():
            self.skipTest("this sockspec was built without the chart library")
        page = self.open(self.load["en"])
        button = "document.querySelector('#chart-latency .legend button')"
        picture = "document.querySelector('#chart-latency canvas').toDataURL()"
        before = page.value(picture)
        page.value(f"{button}.focus()")
        page.press("Enter")
        self.assertEqual(page.value(f"{button}.getAttribute('aria-pressed')"), "false")
        self.assertNotEqual(page.value(picture), before)
        self.assert_quiet(page)

    def test_what_a_server_printed_runs_nothing(self):
        page = self.open(self.load["en"])
        self.assertNotEqual(page.value("document.title"), "taken over")
        self.assertIn("taken over", page.value("document.querySelector('main').textContent"))
        self.assert_quiet(page)

    def test_dark_and_korean_and_narrow(self):
        for name, file, options in (("load-dark-ko", self.load["ko"], {"dark": True}),
                                    ("load-phone", self.load["en"], {"width": 360}),
                                    ("load-phone-without-scripts-ko", self.load["ko"],
                                     {"width": 360, "javascript": False}),
                                    ("faults-dark", self.faults["en"], {"dark": True}),
                                    ("faults-phone-ko", self.faults["ko"], {"width": 360})):
            with self.subTest(name):
                page = self.open(file, **options)
                self.assert_quiet(page)
                self.assert_fits(page)
                page.screenshot(f"{name}")

    def test_letters_can_be_told_from_their_ground(self):
        for dark in (False, True):
            for file in (self.load["en"], self.faults["en"]):
                with self.subTest(dark=dark, file=file.name):
                    page = self.open(file, dark=dark)
                    self.assertEqual(page.value(LOW_CONTRAST), [])

    def test_where_style_sheets_are_forbidden_the_curves_are_seen(self):
        file = self.load["en"].with_name("jenkins.html")
        file.write_text(self.load["en"].read_text().replace('<meta charset="utf-8">', f'<meta charset="utf-8">{JENKINS}'))
        page = self.open(file, javascript=False)
        path = "document.querySelector('#chart-latency path')"
        self.assertEqual(page.value("getComputedStyle(document.body).margin"), "8px")  # no style of ours
        self.assertEqual(page.value(f"getComputedStyle({path}).stroke"), "rgb(43, 123, 212)")
        self.assertEqual(page.value(f"getComputedStyle({path}).fill"), "none")
        page.screenshot("load-jenkins")

    def test_paper_has_the_svg(self):
        page = self.open(self.load["en"], media="print")
        self.assertEqual(page.value("getComputedStyle(document.querySelector('figure svg')).visibility"), "visible")
        if self.has_library():
            self.assertEqual(page.value("getComputedStyle(document.querySelector('.canvas')).display"), "none")
        page.screenshot("load-print")

    def test_the_table_of_faults_keeps_its_names_in_sight(self):
        page = self.open(self.faults["en"], javascript=False)
        self.assert_quiet(page)
        self.assert_fits(page)
        page.value("document.querySelector('.matrix').scrollTo(600, 400)")
        box = "document.querySelector('.matrix').getBoundingClientRect()"
        row = "document.querySelector('.matrix tbody tr:nth-child(30) th').getBoundingClientRect()"
        head = "document.querySelector('.matrix thead th:nth-child(40)').getBoundingClientRect()"
        self.assertLess(abs(page.value(f"{row}.left - {box}.left")), 3)
        self.assertLess(abs(page.value(f"{head}.top - {box}.top")), 3)
        self.assertTrue(page.value("document.querySelector('form').hidden"))
        page.screenshot("faults-without-scripts")

    def test_the_table_of_faults_can_be_searched(self):
        page = self.open(self.faults["en"])
        shown = "[...document.querySelectorAll('#scenarios [data-row]')].filter((row) => !row.hidden).length"
        everything = page.value(shown)
        form = "document.querySelector('form[data-filter=scenarios]')"
        page.value(f"{form}.querySelector('input').focus()")
        page.type("datagram/")
        some = page.value(shown)
        self.assertTrue(0 < some < everything, (some, everything))
        self.assertIn(f"{some} of {everything}", page.value(f"{form}.querySelector('output').textContent"))
        page.value(f"{form}.reset()")
        page.value(f"{form}.querySelector('input[value=no]').click()")
        alone = page.value(shown)
        self.assertTrue(0 < alone < everything, (alone, everything))
        self.assertEqual(alone, page.value(
            "[...document.querySelectorAll('#scenarios tbody tr')].filter((row) => row.querySelector('.only')).length"))
        self.assert_quiet(page)

    def test_the_table_can_be_reached_and_scrolled_by_keyboard(self):
        page = self.open(self.faults["en"])
        page.value("document.querySelector('.matrix').focus()")
        self.assertTrue(page.value("document.activeElement.matches('.matrix')"))
        self.assertTrue(page.value("document.activeElement.getAttribute('aria-label') !== null"))

    def test_a_fault_is_unfolded_by_its_column(self):
        page = self.open(self.faults["en"])
        page.value("document.querySelector('.matrix thead a').click()")
        page.value("new Promise((done) => setTimeout(done))")
        self.assertTrue(page.value("document.querySelector(location.hash).open"))


# Texts whose colour is too near to that of the ground: WCAG 2.1 AA wants 4.5 : 1.
LOW_CONTRAST = """(() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility() || element.closest("svg, .offscreen")) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.add(element.tagName + "." + element.className + " " + ratio.toFixed(2));
  }
  return [...bad];
})()"""


if __name__ == "__main__":
    unittest.main()
