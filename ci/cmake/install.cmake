# What `cmake --install BUILD --component sockspec` puts where (docs/ci.md).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

add_executable(sockspec::sockspec ALIAS sockspec)
include(ci/package/sockspec_add_test.cmake)  # for a project that has this one as a part

option(SOCKSPEC_INSTALL "Install sockspec, its CMake package, manual, completions and documentation"
  ${PROJECT_IS_TOP_LEVEL})
if(NOT SOCKSPEC_INSTALL)
  return()
endif()

# The manual is written from --help, so that an option cannot be missing in it. Where the executable cannot
# be run here, there is none.
if(NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR)
  set(manual ${PROJECT_BINARY_DIR}/sockspec.1)
  add_custom_command(OUTPUT ${manual}
    COMMAND ${CMAKE_COMMAND} "-DSOCKSPEC=${CMAKE_CROSSCOMPILING_EMULATOR};$<TARGET_FILE:sockspec>" -DVERSION=${PROJECT_VERSION}
            -DTEMPLATE=${PROJECT_SOURCE_DIR}/ci/package/sockspec.1.in -DOUTPUT=${manual}
            -P ${PROJECT_SOURCE_DIR}/ci/package/manual.cmake
    DEPENDS sockspec ci/package/manual.cmake ci/package/sockspec.1.in
    COMMENT "Writing the manual" VERBATIM)
  add_custom_target(sockspec_manual ALL DEPENDS ${manual})
  install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT sockspec)
endif()

# A component of its own: a package with it needs libmpi.
if(TARGET sockspec_mpi_module)
  install(TARGETS sockspec_mpi_module LIBRARY DESTINATION ${SOCKSPEC_MPI_FOLDER} COMPONENT sockspec_mpi)
endif()
install(TARGETS sockspec EXPORT sockspecTargets RUNTIME COMPONENT sockspec)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sockspec)
configure_package_config_file(ci/package/sockspecConfig.cmake.in ${PROJECT_BINARY_DIR}/sockspecConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# An executable suits projects of any architecture.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sockspecConfigVersion.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(EXPORT sockspecTargets NAMESPACE sockspec:: DESTINATION ${package_dir} COMPONENT sockspec)
install(FILES
    ${PROJECT_BINARY_DIR}/sockspecConfig.cmake ${PROJECT_BINARY_DIR}/sockspecConfigVersion.cmake
    ci/package/sockspec_add_test.cmake
  DESTINATION ${package_dir} COMPONENT sockspec)
install(PROGRAMS ci/package/sockspec_ctest.sh DESTINATION ${package_dir} COMPONENT sockspec)

install(FILES ci/package/sockspec.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME sockspec COMPONENT sockspec)
install(FILES ci/package/_sockspec DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT sockspec)

# To start one's own from. The executable does not need them: the suite is inside it.
install(DIRECTORY scenarios/profiles scenarios/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/sockspec
  COMPONENT sockspec FILES_MATCHING PATTERN *.json)
install(DIRECTORY reports/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/sockspec
  COMPONENT sockspec FILES_MATCHING PATTERN *.json)

install(FILES README.md README.ko.md CHANGELOG.md LICENSE ci/package/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT sockspec)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT sockspec FILES_MATCHING PATTERN *.md)
install(DIRECTORY examples/cmake examples/distributed examples/servers DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT sockspec
  PATTERN build EXCLUDE PATTERN __pycache__ EXCLUDE)
install(DIRECTORY ci/templates DESTINATION ${CMAKE_INSTALL_DOCDIR}/ci COMPONENT sockspec)

include(ci/cmake/package.cmake)
