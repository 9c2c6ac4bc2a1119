// The fuzz targets read no built-in files.
#include "core/embedded_file.h"

namespace sockspec {

std::span<const EmbeddedFile> embedded_scenarios() { return {}; }
std::span<const EmbeddedFile> embedded_profiles() { return {}; }
std::span<const EmbeddedFile> embedded_faults() { return {}; }
std::span<const EmbeddedFile> embedded_fault_table() { return {}; }
std::span<const EmbeddedFile> embedded_messages() { return {}; }

}  // namespace sockspec
