# sockspec_options: what every target of ours is compiled with. Linked PRIVATE.
add_library(sockspec_options INTERFACE)
target_compile_features(sockspec_options INTERFACE cxx_std_20)
target_include_directories(sockspec_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/harness)
target_compile_options(sockspec_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps in std::string and uninitialized members in std::variant that are not there
  # (GCC bugs 105329 and 105562); clang and GCC 13 check the same code.
  target_compile_options(sockspec_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(SOCKSPEC_SANITIZE)
  target_compile_options(sockspec_options INTERFACE
    -fsanitize=${SOCKSPEC_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(sockspec_options INTERFACE -fsanitize=${SOCKSPEC_SANITIZE})
endif()
if(SOCKSPEC_BUILD_FUZZ)
  target_compile_options(sockspec_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(SOCKSPEC_COVERAGE)
  target_compile_options(sockspec_options INTERFACE --coverage)
  target_link_options(sockspec_options INTERFACE --coverage)
endif()

# What most files include, compiled once where the compiler has much to do besides. A release is built
# without, so that a file that leans on it is found.
if(SOCKSPEC_SANITIZE)
  file(WRITE ${PROJECT_BINARY_DIR}/common_headers.cc "")
  add_library(sockspec_common_headers OBJECT ${PROJECT_BINARY_DIR}/common_headers.cc)
  target_link_libraries(sockspec_common_headers PRIVATE sockspec_options)
  target_precompile_headers(sockspec_common_headers PRIVATE
    <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <variant> <vector>)
endif()

# sockspec_library(name SOURCES ... HEADERS ... LINK ...): a static library whose headers must each
# compile alone (target all_verify_interface_header_sets), with the alias sockspec::name.
function(sockspec_library name)
  cmake_parse_arguments(ARG "" "BASE" "SOURCES;HEADERS;LINK" ${ARGN})
  if(NOT ARG_BASE)
    set(ARG_BASE ${PROJECT_SOURCE_DIR}/harness)
  endif()
  add_library(sockspec_${name} STATIC)
  add_library(sockspec::${name} ALIAS sockspec_${name})
  target_sources(sockspec_${name} PRIVATE ${ARG_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${ARG_BASE} FILES ${ARG_HEADERS})
  target_link_libraries(sockspec_${name} PUBLIC ${ARG_LINK} PRIVATE sockspec_options)
  target_compile_features(sockspec_${name} PUBLIC cxx_std_20)
  set_target_properties(sockspec_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  if(SOCKSPEC_SANITIZE)
    target_precompile_headers(sockspec_${name} REUSE_FROM sockspec_common_headers)
  endif()
endfunction()

# sockspec_test(name SOURCES ... LINK ...): one GoogleTest binary per library.
if(SOCKSPEC_BUILD_TESTS)
  # Half of what a test costs to compile are these headers: they are compiled once for all tests.
  file(WRITE ${PROJECT_BINARY_DIR}/test_headers.cc "")
  add_library(sockspec_test_headers OBJECT ${PROJECT_BINARY_DIR}/test_headers.cc)
  target_link_libraries(sockspec_test_headers PRIVATE sockspec_options GTest::gmock GTest::gtest_main)
  target_precompile_headers(sockspec_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <string> <vector> <map> <functional> <chrono>)
endif()

function(sockspec_test name)
  if(NOT SOCKSPEC_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(sockspec_${name}_test ${ARG_SOURCES})
  target_link_libraries(sockspec_${name}_test PRIVATE ${ARG_LINK} sockspec_options GTest::gmock GTest::gtest_main)
  target_precompile_headers(sockspec_${name}_test REUSE_FROM sockspec_test_headers)
  gtest_discover_tests(sockspec_${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()
