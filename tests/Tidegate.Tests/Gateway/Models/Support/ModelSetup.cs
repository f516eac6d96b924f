using System.Net.Http.Headers;
using System.Text;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Support;

/// <summary>Documents and calls of model tests: alias <c>fast</c> behind a route open to anybody, one provider per upstream, named p1, p2, ...</summary>
internal static class ModelSetup
{
    public const string Ask = """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""";
    public const string AskStream = """{"model":"fast","stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    public static Task<TestGateway> StartAsync(params ChatUpstream[] upstreams) => StartAsync(m => m, upstreams);

    public static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) =>
        TestGateway.StartAsync(Document(change, upstreams));

    public static ConfigDocument Document(Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) =>
        Document(change, [.. upstreams.Select((u, i) => Provider($"p{i + 1}", u.Address))]);

    public static ConfigDocument Document(Func<ModelConfig, ModelConfig> change, params Resource<ProviderConfig>[] providers)
    {
        // Tests whose clock stands still must not wait for it.
        var model = new ModelConfig { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.Zero }, Targets = [.. providers.Select(p => new TargetConfig { Provider = p.Metadata.Name, Model = $"m-{p.Metadata.Name}" })] };
        return Config.Document([.. providers, Model("fast", change(model)), Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })]);
    }

    public static Resource<ProviderConfig> Provider(string name, Uri address, params string[] keys) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = name },
        Spec = new ProviderConfig { Vendor = "openai-compatible", Address = new Uri(address, "/v1"), Keys = [.. keys.Select((k, i) => new ProviderKeyConfig { Name = k, Secret = k, Priority = i })] },
    };

    /// <summary>A gateway with one provider of a vendor; its model is called <c>m-p1</c>.</summary>
    public static Task<TestGateway> StartAsync(string vendor, ChatUpstream upstream) => TestGateway.StartAsync(Document(m => m, Provider("p1", upstream.Address) switch
    {
        var p => p with { Spec = p.Spec with { Vendor = vendor, Address = vendor == "openai-compatible" ? p.Spec.Address : upstream.Address, Project = "proj", Region = "eu-west-1", Keys = [new ProviderKeyConfig { Name = "k", Secret = "secret" }] } },
    }));

    public static Resource<ModelConfig> Model(string name, ModelConfig spec) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Model", Metadata = new ResourceMetadata { Name = name }, Spec = spec,
    };

    /// <summary>Sends a chat completion and returns when the headers are there.</summary>
    public static Task<HttpResponseMessage> PostAsync(this TestGateway gateway, string body, string path = "/v1/chat/completions", params (string Name, string Value)[] headers) => gateway.SendAsync(
        HttpMethod.Post, path,
        h =>
        {
            foreach (var (name, value) in headers) h.TryAddWithoutValidation(name, value);
        },
        new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    /// <summary>Sends one; when the first of the answer is there, opens the gate of the upstream and reads the rest.</summary>
    public static async Task<(int Status, string Body)> AskAsync(this TestGateway gateway, string body, ChatUpstream upstream, string path = "/v1/chat/completions")
    {
        using var answer = await gateway.PostAsync(body, path);
        upstream.Seen.SetResult();
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends one and reads all of it.</summary>
    public static async Task<(int Status, string Body)> AskAsync(this TestGateway gateway, string body, string path = "/v1/chat/completions")
    {
        using var answer = await gateway.PostAsync(body, path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
