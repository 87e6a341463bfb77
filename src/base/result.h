// How a function says that something did not work: a value or an Error, never an exception across layers.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace kith {

// What kind of thing went wrong. Adapters translate it for people; nothing else is decided by it.
enum class Errc : std::uint8_t {
  not_found,           // does not exist, or is none of the asker's business (the two look the same from outside)
  not_signed_in,       // nobody is known behind this request
  not_allowed,         // known, but this is not theirs to do
  invalid,             // the input cannot be understood or breaks a rule; `field` names where
  conflict,            // true when written, no longer true now
  answered_meanwhile,  // another colleague answered since the writer looked
  too_large,           // more bytes than we take
  too_many,            // too often in a short time
  storage_full,        // the disk is full; nothing was lost, nothing was kept
  unavailable,         // we cannot do this now; trying again later may help
};

struct Error {
  Errc code = Errc::unavailable;
  std::string detail;  // for the log and for programmers; never message text, never shown to a customer
  std::string field;   // for `invalid`: the JSON field the asker should look at, e.g. "text"
};

// A T, or why there is none. Derived from std::expected so that [[nodiscard]] holds for every function.
template <class T>
struct [[nodiscard]] Result : std::expected<T, Error> {
  using std::expected<T, Error>::expected;
};

[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string detail = {}, std::string field = {}) {
  return std::unexpected<Error>(Error{code, std::move(detail), std::move(field)});
}

[[nodiscard]] inline std::unexpected<Error> invalid(std::string field, std::string detail) {
  return std::unexpected<Error>(Error{Errc::invalid, std::move(detail), std::move(field)});
}

// "not_found", "invalid" ... : the machine-readable word used in logs and in problem details.
const char* errc_name(Errc code);

}  // namespace kith

#define KITH_CONCAT_INNER(a, b) a##b
#define KITH_CONCAT(a, b) KITH_CONCAT_INNER(a, b)

// KITH_TRY(auto topic, tx.topics().find(id));   binds the value or returns the error to the caller.
#define KITH_TRY(declaration, expression) \
  KITH_TRY_IMPL(KITH_CONCAT(kith_try_, __LINE__), declaration, expression, return)
#define KITH_CO_TRY(declaration, expression) \
  KITH_TRY_IMPL(KITH_CONCAT(kith_try_, __LINE__), declaration, expression, co_return)
#define KITH_TRY_IMPL(temporary, declaration, expression, give_back)                      \
  auto temporary = (expression);                                                          \
  if (!temporary) give_back std::unexpected<::kith::Error>(std::move(temporary).error()); \
  declaration = std::move(*temporary)

// KITH_CHECK(tx.topics().save(topic));   the same for a Result<void>.
#define KITH_CHECK(expression)                                                \
  do {                                                                        \
    if (auto kith_checked = (expression); !kith_checked)                      \
      return std::unexpected<::kith::Error>(std::move(kith_checked).error()); \
  } while (false)
#define KITH_CO_CHECK(expression)                                                \
  do {                                                                           \
    if (auto kith_checked = (expression); !kith_checked)                         \
      co_return std::unexpected<::kith::Error>(std::move(kith_checked).error()); \
  } while (false)
