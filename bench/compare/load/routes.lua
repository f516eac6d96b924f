wrk.headers["X-Api-Key"] = "key-7-of-the-comparison"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "bench/1.0"
-- Any of so many routes each time (bench/InMemory/Scenario.cs).
local routes
function init(args) routes = tonumber(args[1]) end
function request()
  local route = math.random(0, routes - 1)
  return wrk.format(nil, "/area" .. route % 100 .. "/orders" .. route .. "/4711")
end
