// Reads a JSON object from outside, field by field, and remembers the first thing that is wrong with it. Fields are
// listed by the decoder; whatever it did not ask for is refused by finish(). Nothing is converted: 1 is not "1".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace kith::wire {

// Whether text may hold line breaks and tabs (a message) or must be a single line (a name).
enum class Lines : std::uint8_t { one, many };

class JsonFields {
 public:
  // `invalid` without a field name when the bytes are not one JSON object that we take.
  static Result<JsonFields> parse(std::string_view bytes);

  [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }

  // Required fields. On a problem the target keeps its value and finish() says what was wrong. `name` must be a
  // literal.
  void text(std::string_view name, std::string& into, std::size_t max_characters, Lines lines = Lines::one);
  void boolean(std::string_view name, bool& into);
  void integer(std::string_view name, std::int64_t& into, std::int64_t lowest, std::int64_t highest);
  void time(std::string_view name, Time& into);
  template <class Tag>
  void id(std::string_view name, Id<Tag>& into) {
    read_id(name, into.bytes);
  }
  template <class Tag>
  void ids(std::string_view name, std::vector<Id<Tag>>& into, std::size_t max_count) {
    for (const IdBytes& bytes : read_ids(name, max_count)) into.push_back(Id<Tag>{bytes});
  }
  void texts(std::string_view name, std::vector<std::string>& into, std::size_t max_count, std::size_t max_characters);
  // `words` are the allowed ones, in the order of the enumeration (wire/words.h).
  template <class Enum, std::size_t count>
  void word(std::string_view name, Enum& into, const std::string_view (&words)[count]) {
    if (auto index = read_word(name, words, count)) into = static_cast<Enum>(*index);
  }

  // Fields that may be absent (then `into` stays as it was) or null (then it is emptied):
  //   fields.maybe("due", due, [&](auto& f, Time& value) { f.time("due", value); });
  template <class T, class Read>
  void maybe(std::string_view name, std::optional<T>& into, Read read) {
    if (take_null(name)) return into.reset();
    if (!has(name)) return;
    T value{};
    read(*this, value);
    into = std::move(value);
  }
  void maybe_time(std::string_view name, std::optional<Time>& into) {
    maybe(name, into, [name](JsonFields& fields, Time& value) { fields.time(name, value); });
  }
  template <class Tag>
  void maybe_id(std::string_view name, std::optional<Id<Tag>>& into) {
    maybe(name, into, [name](JsonFields& fields, Id<Tag>& value) { fields.id(name, value); });
  }

  // An object inside this one, and a list of them: `read(JsonFields&)` reads each the same way. What is wrong inside is
  // named with the way to it, "opening.week".
  template <class Read>
  void object(std::string_view name, Read read) {
    const boost::json::object* found = take_object(name);
    if (found == nullptr) return;
    JsonFields inner(*found);
    read(inner);
    take_problem_of(name, inner);
  }
  template <class Read>
  void objects(std::string_view name, std::size_t max_count, Read read) {
    const boost::json::array* found = take_array(name, max_count);
    if (found == nullptr) return;
    for (const boost::json::value& item : *found) {
      if (!item.is_object()) return refuse(name, "must be a list of objects");
      JsonFields inner(item.get_object());
      read(inner);
      take_problem_of(name, inner);
    }
  }

  // For a rule that the shapes above cannot say.
  void refuse(std::string_view name, std::string_view why);

  // The first problem, or a field that nobody asked for.
  Result<void> finish();

 private:
  explicit JsonFields(boost::json::object object) : object_(std::move(object)) { asked_.reserve(8); }

  const boost::json::value* take(std::string_view name);
  bool take_null(std::string_view name);
  const boost::json::object* take_object(std::string_view name);
  const boost::json::array* take_array(std::string_view name, std::size_t max_count);
  void take_problem_of(std::string_view name, JsonFields& inner);
  bool read_text(std::string_view name, const boost::json::value& value, std::string& into, std::size_t max_characters,
                 Lines lines);
  void read_id(std::string_view name, IdBytes& into);
  std::vector<IdBytes> read_ids(std::string_view name, std::size_t max_count);
  std::optional<std::size_t> read_word(std::string_view name, const std::string_view* words, std::size_t count);

  boost::json::object object_;
  std::vector<std::string_view> asked_;
  std::optional<Error> problem_;
};

}  // namespace kith::wire
