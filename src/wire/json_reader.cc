#include "wire/json_reader.h"

#include <algorithm>
#include <array>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "base/text.h"

namespace kith::wire {
namespace {

constexpr std::size_t kDeepest = 6;
constexpr std::size_t kLongestEcho = 64;  // of a field name that is not ours

// The memory of a tree that is read once and dropped as a whole: a small one needs no more than this.
class OneBlock final : public boost::json::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t alignment) override { return rest_.allocate(bytes, alignment); }
  void do_deallocate(void*, std::size_t, std::size_t) override {}
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::array<unsigned char, 768> room_;
  boost::json::monotonic_resource rest_{room_.data(), room_.size()};
};

// Members of all objects inside `value`, as they were kept.
std::size_t members_of(const boost::json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) count += 1 + members_of(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += members_of(item);
  }
  return count;
}

// Where the closing quote of the text is that begins at `at`.
std::size_t end_of_text(std::string_view bytes, std::size_t at) {
  for (std::size_t quote = bytes.find('"', at + 1); quote < bytes.size(); quote = bytes.find('"', quote + 1)) {
    std::size_t backslashes = 0;
    while (bytes[quote - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote;
  }
  return bytes.size();
}

// Members as they were written: in well-formed JSON, every colon outside of text belongs to exactly one.
std::size_t members_written(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '"')
      at = end_of_text(bytes, at);
    else if (bytes[at] == ':')
      ++count;
  }
  return count;
}

bool breaks_line(std::string_view text) {
  return text.find_first_of("\t\r\n") != std::string_view::npos;
}

}  // namespace

Result<JsonFields> JsonFields::parse(std::string_view bytes) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(bytes, error, boost::json::make_shared_resource<OneBlock>(), options);
  if (error) return invalid("", "the body is not JSON we can read: " + error.message());
  if (!value.is_object()) return invalid("", "the body must be a JSON object");
  // The tree keeps only the last of two equal names, and two readers may then see two different things.
  if (members_of(value) != members_written(bytes)) return invalid("", "a field is written twice");
  return JsonFields(std::move(value.get_object()));
}

const boost::json::value* JsonFields::take(std::string_view name) {
  asked_.push_back(name);
  const boost::json::value* value = object_.if_contains(name);
  if (value == nullptr) refuse(name, "is missing");
  return value;
}

bool JsonFields::take_null(std::string_view name) {
  const boost::json::value* value = object_.if_contains(name);
  if (value == nullptr || !value->is_null()) return false;
  asked_.push_back(name);
  return true;
}

const boost::json::object* JsonFields::take_object(std::string_view name) {
  const auto* value = take(name);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) refuse(name, "must be an object");
  return value->if_object();
}

const boost::json::array* JsonFields::take_array(std::string_view name, std::size_t max_count) {
  const auto* value = take(name);
  if (value == nullptr) return nullptr;
  const auto* array = value->if_array();
  if (array == nullptr) return refuse(name, "must be a list"), nullptr;
  if (array->size() > max_count) return refuse(name, "has more than " + std::to_string(max_count) + " items"), nullptr;
  return array;
}

void JsonFields::take_problem_of(std::string_view name, JsonFields& inner) {
  auto done = inner.finish();
  if (!done) refuse(std::string(name) + "." + done.error().field, done.error().detail);
}

void JsonFields::refuse(std::string_view name, std::string_view why) {
  if (!problem_) problem_ = Error{Errc::invalid, std::string(why), std::string(name)};
}

bool JsonFields::read_text(std::string_view name, const boost::json::value& value, std::string& into,
                           std::size_t max_characters, Lines lines) {
  const auto* string = value.if_string();
  if (string == nullptr) return refuse(name, "must be text"), false;
  std::string_view text(string->data(), string->size());
  if (!is_utf8(text)) return refuse(name, "is not UTF-8"), false;
  if (has_control_characters(text)) return refuse(name, "holds a control character"), false;
  if (lines == Lines::one && breaks_line(text)) return refuse(name, "must be a single line"), false;
  if (length_in_characters(text) > max_characters)
    return refuse(name, "is longer than " + std::to_string(max_characters) + " characters"), false;
  into.assign(text);
  return true;
}

void JsonFields::text(std::string_view name, std::string& into, std::size_t max_characters, Lines lines) {
  if (const auto* value = take(name)) read_text(name, *value, into, max_characters, lines);
}

void JsonFields::boolean(std::string_view name, bool& into) {
  const auto* value = take(name);
  if (value == nullptr) return;
  if (!value->is_bool()) return refuse(name, "must be true or false");
  into = value->get_bool();
}

void JsonFields::integer(std::string_view name, std::int64_t& into, std::int64_t lowest, std::int64_t highest) {
  const auto* value = take(name);
  if (value == nullptr) return;
  if (!value->is_int64()) return refuse(name, "must be a whole number");
  if (value->get_int64() < lowest || value->get_int64() > highest)
    return refuse(name, "must be from " + std::to_string(lowest) + " to " + std::to_string(highest));
  into = value->get_int64();
}

void JsonFields::time(std::string_view name, Time& into) {
  const auto* value = take(name);
  if (value == nullptr) return;
  const auto* text = value->if_string();
  auto parsed = text == nullptr ? std::nullopt : parse_time({text->data(), text->size()});
  if (!parsed) return refuse(name, "must be a time such as 2026-11-22T08:15:30Z");
  into = *parsed;
}

void JsonFields::read_id(std::string_view name, IdBytes& into) {
  const auto* value = take(name);
  if (value == nullptr) return;
  const auto* text = value->if_string();
  auto parsed = text == nullptr ? std::nullopt : parse_uuid({text->data(), text->size()});
  if (!parsed) return refuse(name, "must be a UUID");
  into = *parsed;
}

std::vector<IdBytes> JsonFields::read_ids(std::string_view name, std::size_t max_count) {
  std::vector<IdBytes> ids;
  const auto* value = take(name);
  if (value == nullptr) return ids;
  const auto* array = value->if_array();
  if (array == nullptr) return refuse(name, "must be a list of UUIDs"), ids;
  if (array->size() > max_count) return refuse(name, "has more than " + std::to_string(max_count) + " items"), ids;
  for (const auto& item : *array) {
    const auto* text = item.if_string();
    auto parsed = text == nullptr ? std::nullopt : parse_uuid({text->data(), text->size()});
    if (!parsed) return refuse(name, "must be a list of UUIDs"), ids;
    ids.push_back(*parsed);
  }
  return ids;
}

void JsonFields::texts(std::string_view name, std::vector<std::string>& into, std::size_t max_count,
                       std::size_t max_characters) {
  const auto* value = take(name);
  if (value == nullptr) return;
  const auto* array = value->if_array();
  if (array == nullptr) return refuse(name, "must be a list of texts");
  if (array->size() > max_count) return refuse(name, "has more than " + std::to_string(max_count) + " items");
  std::vector<std::string> texts;
  for (const auto& item : *array)
    if (!read_text(name, item, texts.emplace_back(), max_characters, Lines::one)) return;
  into = std::move(texts);
}

std::optional<std::size_t> JsonFields::read_word(std::string_view name, const std::string_view* names,
                                                 std::size_t count) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  const auto* text = value->if_string();
  const auto* end = names + count;
  const auto* found = text == nullptr ? end : std::find(names, end, std::string_view(text->data(), text->size()));
  if (found != end) return static_cast<std::size_t>(found - names);
  std::string choices;
  for (const auto* word = names; word != end; ++word) choices.append(choices.empty() ? "" : ", ").append(*word);
  refuse(name, "must be one of: " + choices);
  return std::nullopt;
}

Result<void> JsonFields::finish() {
  if (problem_) return std::unexpected(std::move(*problem_));
  for (const auto& member : object_) {
    std::string_view name(member.key().data(), member.key().size());
    if (std::ranges::find(asked_, name) == asked_.end())
      return invalid(std::string(cut(name, kLongestEcho)), "is not a field we know");
  }
  return {};
}

}  // namespace kith::wire
