# A Debian package from what is installed:  cpack -G DEB --config BUILD/CPackConfig.cmake  (ci/package.sh).
set(SOCKSPEC_MAINTAINER "sockspec maintainers <maintainers@example.org>" CACHE STRING
  "Who answers for the packages that are built here: Name <address>")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sockspec)
set(CPACK_PACKAGE_CONTACT "${SOCKSPEC_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};sockspec;sockspec;/")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/ci/package/debian_layout.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # Depends: the libraries that the executable is linked with
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS bubblewrap)  # the sandbox of sockspec grade, which goes on without it
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "conformance test suite and load generator for socket servers")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"sockspec tells, with evidence, whether a TCP or UDP server in any language does
what its contract says, what is probably wrong in it when it does not, and how
much load it carries while every reply is still right. It starts the server,
plays the scenarios of a profile (echo, uppercase, greeting and others) with
it, and reports in plain words, JSON and JUnit, with exit codes for CI.")
include(CPack)
if(TARGET sockspec_mpi_module)
  configure_file(ci/package/CPackMpiConfig.cmake.in ${PROJECT_BINARY_DIR}/CPackMpiConfig.cmake @ONLY)
endif()
