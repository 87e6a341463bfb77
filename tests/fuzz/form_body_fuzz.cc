// The body of a form, with the type that its first line names: nothing breaks the reader, and what it found is really
// in the body.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "http/form_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view body(reinterpret_cast<const char*>(data), size);
  const std::string_view type = body.substr(0, body.find('\n'));
  body.remove_prefix(type.size() < body.size() ? type.size() + 1 : body.size());
  const auto form = kith::http::read_form(type, body);
  if (!form) return 0;
  if (form->size() > kith::http::kMostFormFields) std::abort();
  std::size_t bytes = 0;
  for (const kith::http::FormField& field : *form) {
    bytes += field.name.size() + field.value.size() + field.file_name.size();
    const bool is_text = kith::is_utf8(field.name) && kith::is_utf8(field.file_name);
    if (!is_text || (!field.is_file && !kith::is_utf8(field.value))) std::abort();
  }
  if (bytes > size) std::abort();
  return 0;
}
