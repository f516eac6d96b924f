using System.Globalization;
using BenchmarkDotNet.Running;
using Tidegate.Benchmarks;
using Tidegate.Benchmarks.Calls;
using Tidegate.Benchmarks.InMemory;
using Tidegate.Benchmarks.Models;

// `bytes` prints bytes per call of every scenario (the figures of budgets.json), `cpu` the time of a call,
// `calllog` the cost of writing a call record, `calls RECORDS DIRECTORY RUNS` the time of questions to a large call log (bench/calls/run), `serve LISTEN UPSTREAM SCENARIO` runs the traffic plane alone, `models-upstream LISTEN` a provider of models,
// `models-first-token PROXY KEY PROVIDER STREAMS SECONDS` and `models-leave PROXY KEY PROVIDER STREAMS` print milliseconds: median, 99 of 100, most, and how many (bench/models/run); anything else goes to BenchmarkDotNet.
if (args is ["serve", var listen, var upstream, var name])
{
    await BareGateway.RunAsync(new Uri(listen), new Uri(upstream), Scenario.All.Single(s => s.Name == name) with { CatchAll = true });
    return;
}

if (args is ["models-upstream", var address])
{
    await ModelUpstream.RunAsync(address);
    return;
}

if (args is ["models-first-token" or "models-leave", var proxy, var key, var provider, var streams, ..])
{
    using var load = new StreamLoad(proxy, key);
    var count = int.Parse(streams, CultureInfo.InvariantCulture);
    var times = args[0] == "models-leave" ? await load.LeaveAsync(count, provider) : await load.FirstTokensAsync(count, int.Parse(args[5], CultureInfo.InvariantCulture));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[times.Length / 2]:0.000}\t{times[times.Length * 99 / 100]:0.000}\t{times[^1]:0.000}\t{times.Length}"));
    return;
}

if (args is ["calllog", ..])
{
    // 1,600: 400 ms of 4,000 calls a second.
    foreach (var perBatch in args.Length > 1 ? args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture)) : [200, 1_600, 5_000])
        for (var i = 0; i < 3; i++) Console.WriteLine($"batches of {perBatch}: {CallLogCost.Measure(200_000, perBatch)}");
    return;
}

if (args is ["calls", var records, var directory, var runs])
{
    await CallQuestions.RunAsync(int.Parse(records, CultureInfo.InvariantCulture), directory, int.Parse(runs, CultureInfo.InvariantCulture));
    return;
}

if (args is ["bytes", ..])
{
    foreach (var scenario in Scenario.All.Where(s => args.Length == 1 || args.Contains(s.Name)))
    {
        using var door = new MemoryGateway(scenario);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name,-28}{AllocationMeter.Measure(door, scenario),8:0}"));
    }

    return;
}

if (args is ["cpu", .. var names])
{
    var scenarios = Scenario.All.Where(s => names.Length == 0 || names.Contains(s.Name)).ToArray();
    var gateways = scenarios.Select(s => new MemoryGateway(s)).ToArray();
    var times = CpuMeter.Measure(gateways, 300);
    for (var i = 0; i < times.Length; i++)
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenarios[i].Name,-28}least {times[i].Least,8:0} ns  median {times[i].Median,8:0} ns"));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
