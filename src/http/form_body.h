// What a form of a page sends without any script: application/x-www-form-urlencoded or multipart/form-data (RFC 7578).
// No I/O, linear in the size of the body, and strict: what two readers could read in two ways is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kith::http {

struct FormField {
  std::string name;
  std::string value;  // text, or the bytes of a file
  bool is_file = false;
  std::string file_name;  // as the browser gave it; never a path for us
};

inline constexpr std::size_t kMostFormFields = 64;

// In the order they were sent. `invalid` when the type is neither of the two or the body is not one.
Result<std::vector<FormField>> read_form(std::string_view content_type, std::string_view body);

// The first field of this name that is no file; empty when there is none.
std::string_view text_in(const std::vector<FormField>& fields, std::string_view name);

}  // namespace kith::http
