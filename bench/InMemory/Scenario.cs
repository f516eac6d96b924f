using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>A configuration and the call that is made again and again through it.</summary>
internal sealed record Scenario(string Name)
{
    private const string Key = "key-7-of-the-comparison";

    /// <summary>All of them; names are the keys of <c>budgets.json</c>.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Plain("plain"),
        Keyed("key"),
        Keyed("key_limits", limit: 1_000_000),
        Keyed("key_limits_noRetry", limit: 1_000_000) with { MaxAttempts = 1 },
        Keyed("key_limits_post10k", limit: 1_000_000) with { Method = "POST", Body = new byte[10_240] },
        Keyed("key_limits_10000routes", limit: 1_000_000) with { Routes = 10_000 },
        Keyed("key_limits_1of10000routes", limit: 1_000_000) with { Routes = 10_000, Target = "/area57/orders57/4711?expand=items" },
        Keyed("refused401") with { Headers = [("X-Api-Key", "key-of-nobody")], Status = 401, Outcome = CallOutcome.Unauthenticated },
        Plain("refused404") with { Target = "/nowhere", Status = 404, Outcome = CallOutcome.NoRoute },
        Keyed("refused429", limit: 1) with { Target = "/area1/orders1/4711", Per = TimeSpan.FromDays(31), Status = 429, Outcome = CallOutcome.RateLimited },
        ModelCalls.Make("model", "/v1/chat/completions", ModelCalls.Ask()),
        ModelCalls.Make("model_stream", "/v1/chat/completions", ModelCalls.Ask(stream: true)),
        ModelCalls.Make("model_prompt100k", "/v1/chat/completions", ModelCalls.Ask(words: 12_500)),
        ModelCalls.Make("model_translated", "/v1/messages", ModelCalls.Ask()),
        ModelCalls.Make("model_translated_stream", "/v1/messages", ModelCalls.Ask(stream: true)),
    ];

    public string Method { get; init; } = "GET";

    /// <summary>What is asked for; null asks every route in turn.</summary>
    public string? Target { get; init; }

    /// <summary>Everything asked for, in turn.</summary>
    public string[] Targets => Target is not null ? [Target] : [.. Enumerable.Range(0, Routes / Step).Select(i => $"/area{i * Step % 100}/orders{i * Step}/4711?expand=items")];

    // With many routes some of each area are asked for: as many as the limits remember after the warm-up.
    private int Step => Math.Max(1, Routes / 500) | 1;

    public byte[] Body { get; init; } = [];

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>Status the caller gets.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Outcome in the record.</summary>
    public CallOutcome Outcome { get; init; } = CallOutcome.Ok;

    /// <summary>Callers need a key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Calls allowed per consumer and <see cref="Per"/>; 0 for no limit.</summary>
    public int Limit { get; init; }

    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts allowed.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Routes in the document.</summary>
    public int Routes { get; init; } = 10;

    public ConfigDocument Document => new([.. Resources ?? [Service(), .. RouteList()], .. Consumers()]);

    /// <summary>In place of a service and its routes.</summary>
    public IReadOnlyList<Resource>? Resources { get; init; }

    /// <summary>What the upstream answers.</summary>
    public MemoryAnswer Answer { get; init; } = MemoryAnswer.Text;

    public IReadOnlyList<IssuedKey> Keys => !NeedsKey ? [] :
        [.. Enumerable.Range(0, 100).Select(i => new IssuedKey($"k_{i}", "caller", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"key-{i}-of-the-comparison"))), [], null))];

    /// <summary>Where the service runs.</summary>
    public Uri[] Upstreams { get; init; } = [new("http://10.1.2.3:8080"), new("http://10.1.2.4:8080")];

    /// <summary>An extra route that takes everything.</summary>
    public bool CatchAll { get; init; }

    public override string ToString() => Name;

    private static Scenario Plain(string name) => new(name);

    internal static Scenario Keyed(string name, int limit = 0) => new(name) { NeedsKey = true, Limit = limit, Headers = [("X-Api-Key", Key)] };

    internal static Resource<TSpec> Make<TSpec>(string kind, string name, TSpec spec)
        where TSpec : class => new() { ApiVersion = "tidegate/v1", Kind = kind, Metadata = new ResourceMetadata { Name = name }, Spec = spec };

    private Resource<ServiceConfig> Service() => Make("Service", "orders", new ServiceConfig
    {
        Destinations = [.. Upstreams.Select(address => new DestinationConfig { Address = address })],
        Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = MaxAttempts } },
    });

    private IEnumerable<Resource> RouteList()
    {
        var rules = new RouteConfig
        {
            Service = "orders",
            Identify = new IdentifyConfig { Anonymous = !NeedsKey },
            Limits = Limit == 0 ? [] : [new LimitConfig { Name = "per-consumer", Calls = Limit, Per = Per }],
        };
        if (CatchAll) yield return Make("Route", "everything", rules);
        for (var i = 0; i < Routes; i++)
            yield return Make("Route", $"orders-{i}", rules with { Match = new MatchConfig { Path = $"/area{i % 100}/orders{i}/{{id}}" } });
    }

    private IEnumerable<Resource> Consumers() => NeedsKey ? [Make("Consumer", "caller", new ConsumerConfig())] : [];
}
