#include "http/form_body.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "http/target.h"

namespace kith::http {
namespace {

constexpr std::size_t kLongestPartHead = 4096;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046, 5.1.1

Error broken(std::string_view why) {
  return {Errc::invalid, "the form cannot be read: " + std::string(why), {}};
}

// Takes what stands before `end`, and `end`, off the beginning; nothing when there is no `end`.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}

// The value of one parameter in `; name="a \"quoted\" one"; other=plain`, as browsers write it: %22 for a quote.
std::optional<std::string> parameter(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of("; \t"), text.size()));
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool is_it = lower_ascii(trim(text.substr(0, equals))) == name;
    text.remove_prefix(equals + 1);
    std::string value;
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      for (; !text.empty() && text.front() != '"'; text.remove_prefix(1)) {
        if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        value += text.front();
      }
      if (text.empty()) return std::nullopt;
      text.remove_prefix(1);
    } else {
      const std::size_t end = std::min(text.find(';'), text.size());
      value = trim(text.substr(0, end));
      text.remove_prefix(end);
    }
    if (is_it) return value;
  }
  return std::nullopt;
}

// The line breaks and quotes that browsers escape in names (HTML, "multipart/form-data encoding algorithm").
std::string unescaped_name(std::string name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string_view rest = std::string_view(name).substr(i);
    if (rest.starts_with("%22")) plain += '"';
    if (rest.starts_with("%22") || rest.starts_with("%0D") || rest.starts_with("%0A"))
      i += 2;
    else
      plain += name[i];
  }
  return plain;
}

bool is_boundary(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=?";
  return !text.empty() && text.size() <= kLongestBoundary && text.find_first_not_of(kAllowed) == text.npos;
}

// Names and (in text) values are UTF-8 without control characters but line breaks and tabs.
bool is_text(std::string_view text) {
  return is_utf8(text) && !has_control_characters(text);
}

Result<FormField> read_part_head(std::string_view head) {
  FormField field;
  bool is_described = false;
  while (!head.empty()) {
    std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::unexpected(broken("a header without a colon"));
    if (lower_ascii(line.substr(0, colon)) != "content-disposition") continue;
    std::string_view value = line.substr(colon + 1);
    const std::string_view kind = trim(value.substr(0, value.find(';')));
    if (is_described || lower_ascii(kind) != "form-data") return std::unexpected(broken("a part of another kind"));
    is_described = true;
    value.remove_prefix(std::min(value.find(';'), value.size()));
    auto name = parameter(value, "name");
    auto file = parameter(value, "filename");
    if (!name) return std::unexpected(broken("a part without a name"));
    field.name = unescaped_name(std::move(*name));
    field.is_file = file.has_value();
    if (file) field.file_name = unescaped_name(std::move(*file));
  }
  if (!is_described) return std::unexpected(broken("a part without a name"));
  if (!is_text(field.name) || !is_text(field.file_name)) return std::unexpected(broken("a name that is no text"));
  return field;
}

Result<std::vector<FormField>> read_parts(std::string_view boundary, std::string_view body) {
  std::vector<FormField> fields;
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) return std::unexpected(broken("it does not begin with its boundary"));
  body.remove_prefix(first.size());
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return std::unexpected(broken("a boundary goes on"));
    body.remove_prefix(2);
    const auto head = take_until(body, "\r\n\r\n");
    if (!head || head->size() > kLongestPartHead) return std::unexpected(broken("a part without an end of its head"));
    KITH_TRY(FormField field, read_part_head(*head));
    const auto content = take_until(body, next);
    if (!content) return std::unexpected(broken("a part without an end"));
    if (!field.is_file && !is_text(*content)) return std::unexpected(broken("a value that is no text"));
    field.value = *content;
    fields.push_back(std::move(field));
    if (fields.size() > kMostFormFields) return std::unexpected(broken("too many fields"));
  }
  return fields;
}

Result<std::vector<FormField>> read_pairs(std::string_view body) {
  std::vector<FormField> fields;
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(pair.size() + 1, body.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    FormField field;
    const bool is_read = percent_decode(pair.substr(0, equals), true, field.name) &&
                         percent_decode(pair.substr(std::min(equals + 1, pair.size())), true, field.value);
    if (!is_read || !is_text(field.name) || !is_text(field.value)) return std::unexpected(broken("a pair is no text"));
    fields.push_back(std::move(field));
    if (fields.size() > kMostFormFields) return std::unexpected(broken("too many fields"));
  }
  return fields;
}

}  // namespace

Result<std::vector<FormField>> read_form(std::string_view content_type, std::string_view body) {
  const std::size_t end = std::min(content_type.find(';'), content_type.size());
  const std::string kind = lower_ascii(trim(content_type.substr(0, end)));
  if (kind == "application/x-www-form-urlencoded") return read_pairs(body);
  if (kind != "multipart/form-data") return std::unexpected(broken("it is none"));
  const auto boundary = parameter(content_type.substr(end), "boundary");
  if (!boundary || !is_boundary(*boundary)) return std::unexpected(broken("it has no boundary"));
  return read_parts(*boundary, body);
}

std::string_view text_in(const std::vector<FormField>& fields, std::string_view name) {
  const auto found =
      std::ranges::find_if(fields, [&](const FormField& field) { return !field.is_file && field.name == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace kith::http
