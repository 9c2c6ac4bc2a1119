// What draws the charts of a load report.
"use strict";
