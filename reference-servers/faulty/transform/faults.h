// The servers that uppercase wrongly. Each is told in its own file.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_upper_and_df(const FaultyOptions& options);
int serve_upper_minus_32(const FaultyOptions& options);
int serve_upper_off_by_one(const FaultyOptions& options);
int serve_swaps_case(const FaultyOptions& options);
int serve_capitalizes(const FaultyOptions& options);
int serve_first_chunk_only(const FaultyOptions& options);
int serve_latin1_upper(const FaultyOptions& options);
int serve_upper_per_read(const FaultyOptions& options);
int serve_no_change(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
