// Coming in as a visitor and leaving again: /api/visitor/sessions.
#pragma once

#include "http/api_call.h"

namespace kith::http {

Answer begin_visit(ApiServices& api, Request request);
Answer end_visit(ApiServices& api, Request request);

}  // namespace kith::http
