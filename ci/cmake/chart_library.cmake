# The chart library of HTML reports (decision 15): Debian's libjs-chart.js, embedded as it is. Without
# it the reports hold their charts as SVG only, and everything else works as well.
set(SOCKSPEC_CHART_LIBRARY "" CACHE FILEPATH
  "chart.min.js of Chart.js 3 for the HTML reports; empty: looked for; OFF: charts as SVG only")
set(chart_library "${SOCKSPEC_CHART_LIBRARY}")
if(chart_library STREQUAL "")
  find_file(SOCKSPEC_FOUND_CHART_LIBRARY chart.min.js NO_CACHE NO_DEFAULT_PATH
    PATHS /usr/share/javascript/chart.js /usr/local/share/javascript/chart.js)
  set(chart_library "${SOCKSPEC_FOUND_CHART_LIBRARY}")
endif()
if(chart_library AND EXISTS "${chart_library}")
  message(STATUS "Charts of HTML reports: ${chart_library}")
  set(SOCKSPEC_CHART_FILES "${chart_library}")
else()
  if(SOCKSPEC_CHART_LIBRARY)
    message(FATAL_ERROR "SOCKSPEC_CHART_LIBRARY: there is no file ${SOCKSPEC_CHART_LIBRARY}")
  endif()
  message(STATUS "Charts of HTML reports: as SVG only; install libjs-chart.js for interactive ones")
  set(SOCKSPEC_CHART_FILES "")
endif()
