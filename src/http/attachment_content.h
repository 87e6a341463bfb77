// The bytes of attachments on their way in and out: resumable upload, download with ranges and safe headers.
#pragma once

#include "http/api_call.h"

namespace kith::http {

Answer head_content(ApiServices& api, Request request);
Answer get_content(ApiServices& api, Request request);
// `body` outlives the coroutine. What arrived is kept even when the rest does not come.
Answer patch_content(ApiServices& api, Request request, BodyReader& body);

// `attachment; filename="lamp.jpg"; filename*=UTF-8''lamp.jpg` (RFC 6266, RFC 8187) for any name people may give a
// file.
std::string content_disposition(std::string_view how, std::string_view name);

}  // namespace kith::http
