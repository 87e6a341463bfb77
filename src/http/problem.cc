#include "http/problem.h"

#include <algorithm>

#include "base/damaged.h"
#include "base/text.h"
#include "wire/json_writer.h"

namespace kith::http {

namespace {

// Words for people, who may see them when a front end has none of its own.
std::string_view title_of(Errc code) {
  switch (code) {
    case Errc::not_found:
      return "There is nothing here for you";
    case Errc::not_signed_in:
      return "Please sign in first";
    case Errc::not_allowed:
      return "This is not yours to do";
    case Errc::invalid:
      return "Please look at this again";
    case Errc::conflict:
      return "Something has changed meanwhile";
    case Errc::answered_meanwhile:
      return "A colleague has answered meanwhile";
    case Errc::too_large:
      return "This is more than we can take at once";
    case Errc::too_many:
      return "That was a lot at once; please wait a moment";
    case Errc::storage_full:
      return "We cannot keep anything new right now; nothing was lost";
    case Errc::unavailable:
      return "This does not work right now; please try again in a moment";
  }
  return "This does not work right now";
}

// What the disk has changed is never shown, and asking again does not help.
bool is_damaged(const Error& error) {
  return error.code == Errc::unavailable && error.field == kDamaged;
}
constexpr std::string_view kDamagedTitle =
    "What was kept here is not as it was written; it has to be restored from a backup";

struct Phrase {
  int status;
  std::string_view text;
};

constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

Response write_problem(int status, std::string_view title, std::string_view code, std::string_view detail,
                       std::string_view field) {
  std::string body;
  wire::JsonWriter json(body);
  json.begin_object();
  json.field("title", title);
  json.field("status", status);
  if (!code.empty()) json.field("code", code);
  if (!detail.empty()) json.field("detail", detail);
  if (!field.empty()) json.field("field", field);
  json.end_object();
  return Response::text(std::move(body), "application/problem+json", status);
}

}  // namespace

int status_of(Errc code) {
  switch (code) {
    case Errc::not_found:
      return 404;
    case Errc::not_signed_in:
      return 401;
    case Errc::not_allowed:
      return 403;
    case Errc::invalid:
      return 400;
    case Errc::conflict:
    case Errc::answered_meanwhile:
      return 409;
    case Errc::too_large:
      return 413;
    case Errc::too_many:
      return 429;
    case Errc::storage_full:
      return 507;
    case Errc::unavailable:
      return 503;
  }
  return 500;
}

std::string_view reason_phrase(int status) {
  const auto found = std::ranges::find(kPhrases, status, &Phrase::status);
  return found == std::end(kPhrases) ? std::string_view("Other") : found->text;
}

Response problem(const Error& error) {
  const bool is_about_input = error.code == Errc::invalid && is_utf8(error.detail);
  Response response =
      write_problem(status_of(error.code), is_damaged(error) ? kDamagedTitle : title_of(error.code),
                    errc_name(error.code), is_about_input ? std::string_view(error.detail) : std::string_view(),
                    error.code == Errc::invalid ? std::string_view(error.field) : std::string_view());
  if (error.code == Errc::not_signed_in) response.with("WWW-Authenticate", "Bearer");
  const bool may_help = error.code == Errc::too_many || error.code == Errc::unavailable;
  if (may_help && !is_damaged(error)) response.with("Retry-After", "1");
  return response;
}

Response problem(int status, std::string_view title, std::string_view detail) {
  return write_problem(status, title, {}, detail, {});
}

Response too_many(std::chrono::milliseconds retry_after) {
  Response response = write_problem(429, title_of(Errc::too_many), errc_name(Errc::too_many), {}, {});
  const auto seconds = std::max<std::int64_t>(1, (retry_after.count() + 999) / 1'000);
  return std::move(response.with("Retry-After", std::to_string(seconds)));
}

}  // namespace kith::http
