// Precompiled for the adapters of requests: what nearly every one of them includes.
#pragma once
#include "pch_asio.h"

#include "http/api_call.h"
