// What went wrong, as people and programs can read it: RFC 9457 problem details. The one place where an Error becomes a
// status.
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kith::http {

int status_of(Errc code);
// "Not Found" ...
std::string_view reason_phrase(int status);

// Says what kind of thing went wrong, in words that give nothing away: `detail` is used for `invalid` only.
Response problem(const Error& error);
// For what HTTP itself refuses, such as 405, 408, 431: `title` for people, `detail` one sentence more or empty.
Response problem(int status, std::string_view title, std::string_view detail = {});
Response too_many(std::chrono::milliseconds retry_after);

}  // namespace kith::http
