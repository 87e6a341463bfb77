// Writes JSON straight onto a string, without a tree in between: the path of every entry that is delivered.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"

namespace kith::wire {

// Appends `text` with its quotes. `text` must be valid UTF-8; control characters are escaped.
void append_json_text(std::string& out, std::string_view text);

// Commas are placed by the writer; that brackets match is up to the caller.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  // `name` is ours, so it needs no escaping.
  void key(std::string_view name) {
    comma();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    needs_comma_ = false;
  }

  void value(std::string_view text) {
    comma();
    append_json_text(out_, text);
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  template <std::same_as<bool> Bool>
  void value(Bool yes) {
    comma();
    out_ += yes ? "true" : "false";
  }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  void value(Number number) {
    comma();
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out_.append(digits, end);
  }
  void value(Time time) {
    comma();
    out_ += '"';
    append_time(out_, time);
    out_ += '"';
  }
  template <class Tag>
  void value(const Id<Tag>& id) {
    comma();
    out_ += '"';
    append_uuid(out_, id.bytes);
    out_ += '"';
  }
  template <class T>
  void value(const std::optional<T>& maybe) {
    if (maybe) return value(*maybe);
    null();
  }
  void null() {
    comma();
    out_ += "null";
  }

  template <class T>
  void field(std::string_view name, const T& content) {
    key(name);
    value(content);
  }
  template <class List>
  void list(std::string_view name, const List& items) {
    key(name);
    begin_array();
    for (const auto& item : items) value(item);
    end_array();
  }

 private:
  void comma() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
  }
  void open(char bracket) {
    comma();
    out_ += bracket;
    needs_comma_ = false;
  }
  void close(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
  }

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace kith::wire
