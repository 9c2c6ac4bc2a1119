"""The HTML report in a browser: opened from disk, with and without JavaScript. Screenshots: SOCKSPEC_SCREENSHOTS."""

import copy
import http.server
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time
import unittest

from support import browser
from support.sockspec import SOCKSPEC, Running, server

SCREENSHOTS = os.environ.get("SOCKSPEC_SCREENSHOTS")
# What Jenkins sends with an archived page: no script, no style sheet inside the page.
JENKINS = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';"
MANY = 10_000
HOSTILE = ("</script><script>window.broken=1</script><img src=x onerror=window.broken=1> ]]> <!-- \x1b[31m\x00\x7f"
           "\u202edrow' onload=window.broken=1 \" {shown}")

# Contrast of every text that is seen, by WCAG 2: [ratio, text] of the worst ones.
CONTRAST = """
const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return [m[0], m[1], m[2], m[3] === undefined ? 1 : m[3]]; };
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
const light = (c) => { const f = c.slice(0, 3).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
const ground = (e) => { const stack = []; for (let at = e; at; at = at.parentElement) stack.push(parse(getComputedStyle(at).backgroundColor));
  return stack.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]); };
const seen = new Map();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('.offscreen, script, title')) continue;
  const style = getComputedStyle(e);
  const svg = e.closest('svg');
  let behind = ground(svg || e);
  if (svg && e.closest('.verdict')) { const band = parse(getComputedStyle(e.closest('.verdict').querySelector('.band')).fill); band[3] = .12; behind = over(band, behind); }
  const colour = over(parse(svg ? style.fill : style.color), behind);
  const [a, b] = [light(colour), light(behind)].sort((x, y) => y - x);
  seen.set(e.className.baseVal || e.className || e.tagName, [(a + .05) / (b + .05), walk.currentNode.data.trim().slice(0, 30)]);
}
return [...seen.entries()].filter(([, [ratio]]) => ratio < 4.5);
"""


def setUpModule():
    if browser.missing():
        raise unittest.SkipTest(f"no browser: {browser.missing()} not installed (ci/install-packages.sh --tests)")


class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="sockspec-html-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        # Before the browser is there, since no process may outlive a run of sockspec.
        cls.reports = {}
        for lang in ("en", "ko"):
            cls.reports[lang] = cls.checked(f"failing.{lang}", "tcp-echo", "--lang", lang, "--",
                                            *server("wrong_tcp.py", "adds-newline", "{port}"))
        cls.reports["good"] = cls.checked("good", "tcp-greeting")
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.__exit__)
        for name, report in cls.reports.items():
            cls.render(name, report, "ko" if name == "ko" else "en")

    @classmethod
    def checked(cls, name, *words):
        file = cls.folder / f"{name}.json"
        with Running([SOCKSPEC, "check", words[0], "--json", file, "--seed", "1", *words[1:]]) as running:
            running.finish()
        return json.loads(file.read_text())

    @classmethod
    def render(cls, name, report, lang="en"):
        source, page = cls.folder / f"{name}.json", cls.folder / f"{name}.html"
        source.write_text(json.dumps(report))
        subprocess.run([SOCKSPEC, "report", source, "--lang", lang, "--html", page], check=True, timeout=120, stdout=subprocess.DEVNULL)
        return page

    def open(self, name, **look):
        self.browser.look(**look)
        self.browser.open(self.folder / f"{name}.html")

    def picture(self, name, whole=False):
        if SCREENSHOTS:
            self.browser.screenshot(pathlib.Path(SCREENSHOTS) / f"{name}.png", whole)

    def run_script(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def visible(self):
        """The ids of the scenarios that can be seen."""
        return self.run_script("return [...document.querySelectorAll('[data-row]')].filter(r => r.checkVisibility())"
                               ".map(r => r.querySelector('.id').textContent)")

    def assert_quiet(self, name):
        """No complaint on the console, and nothing asked for but the page itself."""
        self.assertEqual(self.browser.complaints(), [])
        page = (self.folder / f"{name}.html").resolve().as_uri()
        # A place in the page, and the empty icon, are no requests to anybody.
        self.assertEqual({address.split("#")[0] for address in self.browser.requests()} - {"data:,"}, {page})


class FirstScreen(Html):
    def test_it_says_what_is_wrong_and_what_to_change(self):
        for lang in ("en", "ko"):
            for dark in (False, True):
                with self.subTest(lang=lang, dark=dark):
                    self.open(lang, dark=dark)
                    fault = self.reports[lang]["diagnosis"][0]
                    seen = self.run_script("return [...document.querySelectorAll('h1, #diagnosis, .lead, .mend, .remedy pre')]"
                                           ".filter(e => e.getBoundingClientRect().bottom <= innerHeight).map(e => e.textContent)")
                    text = "\n".join(seen)
                    self.assertIn(fault["fault"], text)
                    self.assertGreaterEqual(len(seen), 5, seen)
                    self.assertEqual(self.run_script("return document.documentElement.lang"), lang)
                    self.assert_quiet(lang)
                    self.picture(f"check-{lang}-{'dark' if dark else 'light'}")

    def test_a_good_server_is_told_at_once(self):
        self.open("good")
        self.assertTrue(self.run_script("return document.querySelector('.top').classList.contains('good')"))
        self.assertIsNone(self.run_script("return document.getElementById('diagnosis')"))
        self.picture("check-good")

    def test_a_phone_shows_it_without_scrolling_sideways(self):
        for lang in ("en", "ko"):
            self.open(lang, width=390, height=844)
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), 390)
            self.picture(f"phone-{lang}")
            self.picture(f"phone-{lang}-whole", whole=True)


class WithoutJavaScript(Html):
    def test_everything_is_there_and_no_dead_control(self):
        self.open("en", javascript=False)
        self.assert_quiet("en")
        self.picture("no-javascript", whole=True)
        self.browser.command("Emulation.setScriptExecutionDisabled", value=False)
        self.assertEqual(self.run_script("return [...document.querySelectorAll('button, input')]"
                                         ".filter(e => e.checkVisibility()).length"), 0)
        self.assertEqual(len(self.visible()), len(self.reports["en"]["results"]))
        self.assertGreater(self.run_script("return document.querySelectorAll('details[open] svg.sequence g.verdict').length"), 0)

    def test_jenkins_which_forbids_style_sheets_too(self):
        page = (self.folder / "en.html").read_bytes()

        class Artifact(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", JENKINS)
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *unused):
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Artifact) as host:
            threading.Thread(target=host.serve_forever, daemon=True).start()
            self.browser.look()
            self.browser.open(f"http://127.0.0.1:{host.server_port}/report.html")
            self.assertEqual(self.run_script("return document.querySelectorAll('form:not([hidden])').length"), 0)
            self.assertGreater(self.run_script("return document.querySelector('svg.sequence').getBoundingClientRect().width"), 300)
            self.picture("jenkins")
            self.run_script("document.querySelector('svg.sequence').scrollIntoView()")
            self.picture("jenkins-diagram")
            self.browser.driver.get("about:blank")
            host.shutdown()


class WithJavaScript(Html):
    def test_boxes_and_search_rule_the_list(self):
        self.open("en")
        every = self.visible()
        self.assertEqual(len(every), len(self.reports["en"]["results"]))
        failed = [r["scenario"] for r in self.reports["en"]["results"] if r["outcome"] == "fail"]
        self.run_script("for (const box of document.querySelectorAll('input[name=standing]'))"
                        " if (box.value !== 'failed') box.click();")
        self.assertEqual(sorted(self.visible()), sorted(failed))
        shown = self.run_script("return document.querySelector('output').textContent")
        self.assertIn(f"{len(failed)} of {len(every)}", shown)
        box = self.browser.driver.find_element("css selector", "input[type=search]")
        box.send_keys(failed[0])
        self.assertIn(failed[0], self.visible())
        box.send_keys(" no-such-word")
        self.assertEqual(self.visible(), [])
        self.assertTrue(self.run_script("return document.getElementById('results-nothing').checkVisibility()"))
        self.run_script("document.querySelector('input[name=level][value=must]').click()")
        self.assertEqual(self.visible(), [])
        self.assert_quiet("en")

    def test_a_keyboard_is_enough(self):
        self.open("en")
        from selenium.webdriver.common.keys import Keys
        body = self.browser.driver.find_element("tag name", "body")
        body.send_keys(Keys.TAB)
        self.assertEqual(self.run_script("return document.activeElement.className"), "skip")
        self.assertGreaterEqual(self.run_script("return document.activeElement.getBoundingClientRect().top"), 0)
        body.send_keys("/")
        active = self.browser.driver.switch_to.active_element
        self.assertEqual(active.get_attribute("type"), "search")
        active.send_keys("xyzzy")
        self.assertEqual(self.visible(), [])
        active.send_keys(Keys.ESCAPE)
        self.assertGreater(len(self.visible()), 1)
        # From the box on, Tab reaches the first scenario that is folded, and Enter unfolds it.
        for _ in range(200):
            self.browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            if self.run_script("const e = document.activeElement; return e.tagName === 'SUMMARY' && !e.parentElement.open"):
                break
        else:
            self.fail("Tab reached no folded scenario")
        self.assertNotEqual(self.run_script("return getComputedStyle(document.activeElement).outlineStyle"), "none")
        self.browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertTrue(self.run_script("return document.activeElement.parentElement.open"))

    def test_a_command_is_copied(self):
        self.open("en")
        self.browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.run_script("document.querySelector('details[open] button.copy:not(.remedy *)').click()")
        wanted = self.run_script("return document.querySelector('details[open] button.copy').nextElementSibling.textContent")
        got = self.browser.driver.execute_async_script(
            "const done = arguments[0]; const poll = () => document.querySelector('[role=status]').textContent"
            " ? navigator.clipboard.readText().then(done, (e) => done(String(e))) : setTimeout(poll, 10); poll();")
        self.assertEqual(got, wanted)

    def test_a_link_unfolds_what_it_leads_to(self):
        self.open("good")
        anchors = self.run_script("return [...document.querySelectorAll('details:not([open]) > .story')].map(e => e.id)")
        self.run_script("location.hash = arguments[0]", anchors[-1])
        self.assertTrue(self.browser.driver.execute_async_script(
            "const [id, done] = arguments; const poll = () => document.getElementById(id).parentElement.open"
            " ? done(true) : setTimeout(poll, 10); poll();", anchors[-1]))

    def test_paper_shows_what_is_folded(self):
        self.open("en")
        self.run_script("dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(self.run_script("return document.querySelectorAll('details:not([open])').length"), 0)
        self.run_script("dispatchEvent(new Event('afterprint'))")
        self.assertGreater(self.run_script("return document.querySelectorAll('details:not([open])').length"), 0)
        # Without JavaScript the style sheet does it.
        self.browser.look(media="print", javascript=False)
        self.browser.open(self.folder / "good.html")
        self.browser.command("Emulation.setScriptExecutionDisabled", value=False)
        self.assertEqual(self.run_script("return [...document.querySelectorAll('.story')].filter(s => s.getBoundingClientRect().height < 50).length"), 0)
        self.browser.look(media="print")
        self.browser.open(self.folder / "en.html")
        self.picture("print")


class Accessible(Html):
    def test_contrast_is_enough_in_light_and_dark(self):
        for dark in (False, True):
            for name in ("en", "good"):
                with self.subTest(name, dark=dark):
                    self.open(name, dark=dark)
                    self.run_script("for (const d of document.querySelectorAll('details')) d.open = true")
                    self.assertEqual(self.run_script(CONTRAST), [])
        self.run_script("document.documentElement.style.setProperty('--soft', '#667')")
        self.assertNotEqual(self.run_script(CONTRAST), [], "too dark a grey on black was not noticed")

    def test_names_landmarks_and_headings(self):
        self.open("en")
        self.assertEqual(self.run_script("return document.querySelectorAll('main, h1').length"), 2)
        levels = self.run_script("return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
        self.assertTrue(all(after - before <= 1 for before, after in zip(levels, levels[1:])), levels)
        self.assertEqual(self.run_script("return [...document.querySelectorAll('svg')].filter(s => !(s.getAttribute('role') === 'img'"
                                         " && s.firstElementChild.tagName === 'title')).length"), 0)
        self.assertEqual(self.run_script("return [...document.querySelectorAll('input')].filter(i => !i.closest('label')).length"), 0)
        twice = self.run_script("const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                                "return ids.filter((id, i) => ids.indexOf(id) !== i)")
        self.assertEqual(twice, [])

    def test_forced_colours_and_the_whole_page(self):
        self.open("en", features=[("forced-colors", "active")])
        self.picture("forced-colors")
        self.open("en")
        self.picture("check-en-whole", whole=True)
        self.open("ko", dark=True)
        self.picture("check-ko-dark-whole", whole=True)
        self.assert_quiet("ko")


class Large(Html):
    def test_ten_thousand_results_stay_usable(self):
        report = copy.deepcopy(self.reports["en"])
        some = [*report["results"], *[r for r in report["results"] if r["outcome"] == "fail"] * 10]
        report["results"] = [{**some[i % len(some)], "scenario": f"many/{some[i % len(some)]['scenario'].replace('/', '-')}-{i}"}
                             for i in range(MANY)]
        page = self.render("many", report)
        self.browser.look()
        began = time.monotonic()
        self.open("many")
        self.run_script("document.querySelector('h1').getBoundingClientRect()")
        seconds = time.monotonic() - began
        measured = self.run_script("const t = performance.getEntriesByType('navigation')[0]; return [t.domContentLoadedEventEnd, t.loadEventEnd]")
        searched = self.run_script("const b = document.querySelector('input[type=search]'); b.value = '-77'; const began = performance.now();"
                                   "b.dispatchEvent(new Event('input', {bubbles: true})); document.body.getBoundingClientRect();"
                                   "return performance.now() - began")
        shown = self.run_script("return [...document.querySelectorAll('[data-row]:not([hidden]) .id')].map(e => e.textContent)")
        print(f"\n  {MANY} results: {page.stat().st_size / 1e6:.1f} MB, opened in {seconds:.2f} s "
              f"(ready and loaded, ms: {measured}), searched in {searched:.0f} ms", flush=True)
        # Were they list items, each that is hidden would make the browser count all others again.
        self.assertEqual(self.run_script("return getComputedStyle(document.querySelector('[data-row]:not([hidden])')).display"), "block")
        self.assertTrue(shown and all("-77" in name for name in shown))
        self.assertTrue("leaves out the details of" in self.run_script("return document.querySelector('main').textContent"))
        self.assertLess(page.stat().st_size, 20e6)
        self.assert_quiet("many")
        self.picture("many")


class Hostile(Html):
    def test_no_text_of_a_report_becomes_part_of_the_page(self):
        report = copy.deepcopy(self.reports["en"])
        report["diagnosis"] = []
        for result in report["results"]:
            result["server_output"] = {"hex": HOSTILE.encode().hex()}
            for name in ("title", "hint", "explanation"):
                if name in result:
                    result[name] = {"en": HOSTILE, "ko": HOSTILE} if isinstance(result[name], dict) else HOSTILE
        report["results"][0]["server_output"] = {"hex": (HOSTILE * (10_000_000 // len(HOSTILE))).encode().hex()}
        page = self.render("hostile", report)
        self.assertLess(page.stat().st_size, 6_500_000)
        self.open("hostile")
        self.run_script("for (const d of document.querySelectorAll('details')) d.open = true")
        self.assertIsNone(self.run_script("return window.broken || null"))
        self.assertEqual(self.run_script("return document.querySelectorAll('img').length"), 0)
        self.assertEqual(self.run_script("return document.querySelectorAll('script').length"), 1)
        self.assertIn("window.broken=1", self.run_script("return document.body.textContent"))
        self.assert_quiet("hostile")


if __name__ == "__main__":
    unittest.main()
