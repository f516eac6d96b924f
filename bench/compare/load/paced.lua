wrk.headers["X-Api-Key"] = "key-7-of-the-comparison"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "bench/1.0"
-- Each connection pauses 15 ms on average: about 4,000 calls a second at 64 connections, far from saturation.
function delay() return math.random(5, 25) end
