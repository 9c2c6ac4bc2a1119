# Run by CPack between installing and packing: where Debian's places or forms differ from what
# `cmake --install` does everywhere.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(usr "${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}")

# Policy 4.4: the changelog of the package itself, in Debian's form. What has changed stands in CHANGELOG.md.
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)  # or SOURCE_DATE_EPOCH
file(WRITE "${usr}/share/doc/${CPACK_PACKAGE_NAME}/changelog"
  "${CPACK_PACKAGE_NAME} (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n  * CHANGELOG.md tells what has changed.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${now}\n")
# Policy 12.1 and 12.7: this and the manual are compressed, without a name or date inside.
execute_process(COMMAND gzip -9n "${usr}/share/doc/${CPACK_PACKAGE_NAME}/changelog" COMMAND_ERROR_IS_FATAL ANY)
if(CPACK_PACKAGE_NAME STREQUAL "sockspec-mpi")
  file(COPY "${CMAKE_CURRENT_LIST_DIR}/copyright" DESTINATION "${usr}/share/doc/sockspec-mpi")
  return()
endif()

# Debian's zsh looks for what packages bring in vendor-completions.
file(MAKE_DIRECTORY "${usr}/share/zsh/vendor-completions")
file(RENAME "${usr}/share/zsh/site-functions/_sockspec" "${usr}/share/zsh/vendor-completions/_sockspec")
file(REMOVE_RECURSE "${usr}/share/zsh/site-functions")

# The copyright file names the licence, which is on every Debian.
file(REMOVE "${usr}/share/doc/sockspec/LICENSE")

execute_process(COMMAND gzip -9n "${usr}/share/man/man1/sockspec.1" COMMAND_ERROR_IS_FATAL ANY)
