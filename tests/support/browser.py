"""Headless Chromium, as a person who opens a report: with and without JavaScript, light, dark, on a phone."""

import base64
import json
import os
import pathlib
import shutil
import tempfile

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError:
    webdriver = None

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")

TALLEST = 12000  # pixels of a screenshot


def missing():
    """What is not installed, or ""."""
    absent = [name for name, there in (("python3-selenium", webdriver), ("chromium", CHROMIUM), ("chromium-driver", DRIVER))
              if not there]
    return ", ".join(absent)


class Browser:
    """One browser window. Use as a context manager; it ends with the block."""

    def __init__(self, *switches):
        self._home = tempfile.mkdtemp(prefix="sockspec-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                       "--disable-background-networking", f"--user-data-dir={self._home}", *switches):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER, log_path=os.devnull), options=options)
        self.driver.set_page_load_timeout(120)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.driver.quit()
        shutil.rmtree(self._home, ignore_errors=True)

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def look(self, *, dark=False, width=1280, height=800, javascript=True, media="", features=()):
        """How the next page is seen."""
        self.command("Emulation.setScriptExecutionDisabled", value=not javascript)
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.command("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            *({"name": name, "value": value} for name, value in features)])

    def open(self, address):
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(address if "://" in str(address) else pathlib.Path(address).resolve().as_uri())

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Every address that was asked for since open()."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def screenshot(self, file, whole=False):
        if whole:  # what is out of sight is not drawn, so all of it must be in sight
            width = self.run("return innerWidth")
            for _ in range(2):
                height = min(self.run("return document.documentElement.scrollHeight"), TALLEST)
                self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        shot = self.command("Page.captureScreenshot", format="png")
        pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(file).write_bytes(base64.b64decode(shot["data"]))
