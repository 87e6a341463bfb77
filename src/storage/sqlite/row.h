// Values on their way into SQL and back: one bind_value() per kind of value, and Row, which reads an answer column by
// column.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/clock.h"
#include "base/digest.h"
#include "base/id.h"
#include "storage/sqlite/packed_ids.h"

namespace kith::sqlite {

// The integer key of a row, known only inside this folder. The world sees the 16-byte public id.
using RowId = std::int64_t;

// Bound bytes are borrowed: they must live until the statement has been stepped for the last time.
inline int bind_value(sqlite3_stmt* statement, int at, std::string_view text) {
  return sqlite3_bind_text64(statement, at, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}
template <std::integral Number>
int bind_value(sqlite3_stmt* statement, int at, Number number) {
  return sqlite3_bind_int64(statement, at, static_cast<sqlite3_int64>(number));
}
template <class Enum>
  requires std::is_enum_v<Enum>
int bind_value(sqlite3_stmt* statement, int at, Enum value) {
  return sqlite3_bind_int64(statement, at, static_cast<sqlite3_int64>(value));
}
inline int bind_value(sqlite3_stmt* statement, int at, double number) {
  return sqlite3_bind_double(statement, at, number);
}
inline int bind_value(sqlite3_stmt* statement, int at, Time time) {
  return sqlite3_bind_int64(statement, at, time.us);
}
template <std::size_t size>
int bind_value(sqlite3_stmt* statement, int at, const std::array<std::uint8_t, size>& bytes) {
  return sqlite3_bind_blob64(statement, at, bytes.data(), size, SQLITE_STATIC);
}
inline int bind_value(sqlite3_stmt* statement, int at, const PackedIds& ids) {
  return sqlite3_bind_blob64(statement, at, ids.bytes.data(), ids.bytes.size(), SQLITE_STATIC);
}
// The nil id stands for nobody and nothing.
template <class Tag>
int bind_value(sqlite3_stmt* statement, int at, const Id<Tag>& id) {
  return id.is_nil() ? sqlite3_bind_null(statement, at) : bind_value(statement, at, id.bytes);
}
template <class Value>
int bind_value(sqlite3_stmt* statement, int at, const std::optional<Value>& value) {
  return value ? bind_value(statement, at, *value) : sqlite3_bind_null(statement, at);
}

// One row of an answer. Each call reads the next column, in the order of the select list.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

  std::int64_t integer() { return sqlite3_column_int64(statement_, at_++); }
  bool flag() { return integer() != 0; }
  double real() { return sqlite3_column_double(statement_, at_++); }
  Time time() { return Time{integer()}; }
  template <class Enum>
  Enum choice() {
    return static_cast<Enum>(integer());
  }
  std::string text() {
    std::string_view bytes = blob();
    return std::string(bytes);
  }
  // Valid until the next row.
  std::string_view blob() {
    const void* bytes = sqlite3_column_blob(statement_, at_);
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, at_++));
    return bytes ? std::string_view(static_cast<const char*>(bytes), size) : std::string_view();
  }
  template <class TypedId>
  TypedId id() {
    return TypedId{array<16>()};
  }
  IdBytes id_bytes() { return array<16>(); }
  Digest digest() { return array<32>(); }

  std::optional<std::int64_t> maybe_integer() {
    return maybe([this] { return integer(); });
  }
  std::optional<Time> maybe_time() {
    return maybe([this] { return time(); });
  }
  std::optional<Digest> maybe_digest() {
    return maybe([this] { return digest(); });
  }
  template <class TypedId>
  std::optional<TypedId> maybe_id() {
    return maybe([this] { return id<TypedId>(); });
  }

 private:
  template <std::size_t size>
  std::array<std::uint8_t, size> array() {
    std::array<std::uint8_t, size> bytes{};
    std::string_view found = blob();
    if (found.size() == size) std::copy_n(found.begin(), size, bytes.begin());
    return bytes;
  }
  template <class Read>
  auto maybe(Read read) -> std::optional<decltype(read())> {
    if (sqlite3_column_type(statement_, at_) == SQLITE_NULL) {
      ++at_;
      return std::nullopt;
    }
    return read();
  }

  sqlite3_stmt* statement_;
  int at_ = 0;
};

}  // namespace kith::sqlite
