#include "load/exact_visitors.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace kith::load {
namespace {

constexpr std::size_t kVisitorDigits = 4, kNumberDigits = 6;

std::vector<std::string> several_each(const std::vector<std::string>& tokens, std::size_t devices) {
  std::vector<std::string> all;
  for (const std::string& token : tokens) all.insert(all.end(), devices, token);
  return all;
}

template <class Number>
bool read_digits(std::string_view digits, int base, Number& value) {
  return std::from_chars(digits.data(), digits.data() + digits.size(), value, base).ec == std::errc();
}

std::uint64_t seq_of(std::string_view json) {
  constexpr std::string_view kSeq = R"("seq":)";
  const std::size_t at = json.find(kSeq);
  std::uint64_t seq = 0;
  if (at == std::string_view::npos || !read_digits(json.substr(at + kSeq.size()), 10, seq))
    throw std::runtime_error("a frame without seq: " + std::string(json.substr(0, 200)));
  return seq;
}

}  // namespace

std::string write_numbered(NumberedText what, std::string_view rest) {
  return fmt::format("~{:0{}x}{:0{}x} {}", what.visitor, kVisitorDigits, what.number, kNumberDigits, rest);
}

std::optional<NumberedText> read_numbered(std::string_view json) {
  const std::size_t at = json.find('~');
  NumberedText found;
  if (at == std::string_view::npos || json.size() < at + 1 + kVisitorDigits + kNumberDigits) return std::nullopt;
  if (!read_digits(json.substr(at + 1, kVisitorDigits), 16, found.visitor)) return std::nullopt;
  if (!read_digits(json.substr(at + 1 + kVisitorDigits, kNumberDigits), 16, found.number)) return std::nullopt;
  return found;
}

ExactVisitors::ExactVisitors(std::uint16_t port, const std::vector<std::string>& tokens, std::size_t devices)
    : LiveVisitors(port, several_each(tokens, devices)), devices_(devices), heard_(tokens.size() * devices) {}

void ExactVisitors::heard(std::size_t client, std::string_view json) {
  const bool is_caught_up = json.starts_with(R"({"type":"caught_up")");
  const bool is_welcome = json.starts_with(R"({"type":"welcome")");
  if (is_welcome && json.find(R"("reset":true)") != std::string_view::npos)
    throw std::runtime_error("the house does not know a seq that it gave out");
  Heard& book = heard_[client];
  if (is_caught_up || (is_welcome && !book.newest)) book.newest = std::max(book.newest.value_or(0), seq_of(json));
  LiveVisitors::heard(client, json);
  if (is_caught_up) caught_up(client);
}

void ExactVisitors::told(std::size_t client, std::string_view type, std::string_view json) {
  if (type == "refused" || type == "problem") throw std::runtime_error(std::string(json));
  if (type != "event") return;
  Heard& book = heard_[client];
  const std::uint64_t seq = seq_of(json);
  book.newest = std::max(book.newest.value_or(0), seq);
  if (json.find(R"("event":"entry_added")") == std::string_view::npos) return;
  const auto text = read_numbered(json);
  if (!text) return;
  if (book.numbers.size() <= text->number) book.numbers.resize(text->number + 1);
  if (text->visitor != visitor_of(client) || seq <= book.newest_message || book.numbers[text->number]) {
    ++wrong_;
    return;
  }
  book.newest_message = seq;
  book.numbers[text->number] = true;
  ++book.count;
  arrived(client, json);
}

}  // namespace kith::load
