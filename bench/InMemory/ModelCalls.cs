using System.Text;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>Calls of a model behind an alias, with a key, a limit, tokens and cost. The provider speaks OpenAI's chat format; its streams come event by event.</summary>
internal static class ModelCalls
{
    private const string Model = "bench";

    /// <summary>A scenario: a request to one of the faces.</summary>
    public static Scenario Make(string name, string path, string body)
    {
        var scenario = Scenario.Keyed(name);
        return scenario with
        {
            Method = "POST",
            Target = path,
            Body = Encoding.UTF8.GetBytes(body),
            Headers = [("Authorization", "Bearer " + scenario.Headers[0].Value), ("Content-Type", "application/json")],
            Resources = Resources(),
            Answer = body.Contains("\"stream\":true", StringComparison.Ordinal) ? new MemoryAnswer("text/event-stream", ChatAnswers.Events) : new MemoryAnswer("application/json", [ChatAnswers.Whole]),
        };
    }

    /// <summary>A request that both faces take.</summary>
    public static string Ask(int words = 10, bool stream = false) =>
        $$"""{"model":"{{Model}}","max_tokens":100,"messages":[{"role":"user","content":"{{string.Join(' ', Enumerable.Repeat("tidal,7", words))}}"}]{{(stream ? ",\"stream\":true" : "")}}}""";

    private static Resource[] Resources() =>
    [
        Scenario.Make("Provider", "upstream", new ProviderConfig
        {
            Vendor = "openai-compatible",
            Address = new Uri("http://10.1.2.3:8080/v1"),
            Models = [new ProviderModelConfig { Name = Model, Price = new ModelPriceConfig { InputPerMillion = 1.25m, OutputPerMillion = 10 } }],
        }),
        Scenario.Make("Model", Model, new ModelConfig { Targets = [new TargetConfig { Provider = "upstream", Model = Model }] }),
        Scenario.Make("Route", "models", new RouteConfig
        {
            Models = new ModelsConfig(),
            Limits = [new LimitConfig { Name = "per-consumer", Calls = 1_000_000, Per = TimeSpan.FromSeconds(1) }],
        }),
    ];
}
