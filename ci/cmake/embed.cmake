# sockspec_embed(target name FILES ... [BASE dir]): the files' contents inside a static library, as
# `std::span<const sockspec::EmbeddedFile> <name>()` of core/embedded_file.h.
function(sockspec_embed target name)
  cmake_parse_arguments(ARG "" "BASE" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  list(JOIN ARG_FILES "\n" listing)
  set(list_file ${CMAKE_CURRENT_BINARY_DIR}/${name}.list)
  file(CONFIGURE OUTPUT ${list_file} CONTENT "${listing}\n" @ONLY)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DBASE=${ARG_BASE} -DLIST=${list_file} -DOUTPUT=${output}
            -P ${PROJECT_SOURCE_DIR}/ci/cmake/embed_script.cmake
    DEPENDS ${ARG_FILES} ${list_file} ${PROJECT_SOURCE_DIR}/ci/cmake/embed_script.cmake
    COMMENT "Embedding ${name}" VERBATIM)
  add_library(${target} STATIC ${output})
  target_link_libraries(${target} PRIVATE sockspec_options)
endfunction()
