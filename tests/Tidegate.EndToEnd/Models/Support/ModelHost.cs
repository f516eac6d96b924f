using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenAI;
using Tidegate.EndToEnd.Models.Vendors;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Models.Support;

/// <summary>One running gateway in front of every vendor with a wire format of its own, for all tests of the SDKs. A model is called like its vendor, faults behind a dash.</summary>
public sealed class ModelHost : IAsyncLifetime
{
    private static readonly VendorPeer[] All = [new OpenAiPeer(), new AnthropicPeer(), new GeminiPeer(), new VertexPeer(), new AzurePeer(), new BedrockPeer(), new MistralPeer(), new CoherePeer(), new OllamaPeer()];
    private static readonly string[] Faults = ["400", "404", "429", "500", "slow"];
    private readonly Dictionary<string, VendorPeer> _vendors = All.ToDictionary(v => v.Vendor, StringComparer.Ordinal);
    private readonly TempDirectory _data = new();
    private KestrelPeer _upstream = null!;
    private ConfigFiles _config = null!;
    private TidegateProcess _node = null!;

    /// <summary>Names of the vendors.</summary>
    public static TheoryData<string> Vendors => [.. All.Select(v => v.Vendor)];

    /// <summary>Vendors and the faults their models have.</summary>
    public static TheoryData<string, int> VendorsAndErrors => [.. All.SelectMany(v => (IEnumerable<TheoryDataRow<string, int>>)[new(v.Vendor, 400), new(v.Vendor, 404), new(v.Vendor, 429), new(v.Vendor, 500)])];

    /// <summary>Base address of the OpenAI client.</summary>
    internal OpenAIClientOptions OpenAi => new() { Endpoint = new Uri(_node.Traffic, "/v1"), RetryPolicy = new ClientRetryPolicy(0) };

    /// <summary>The caller's key.</summary>
    internal static ApiKeyCredential Key => new(ConfigFiles.Key);

    /// <summary>The gateway.</summary>
    internal TidegateProcess Node => _node;

    /// <summary>The Anthropic client.</summary>
    internal AnthropicClient Anthropic(string key = ConfigFiles.Key) => new() { BaseUrl = _node.Traffic.GetLeftPart(UriPartial.Authority), ApiKey = key, MaxRetries = 0, ResponseValidation = true };

    /// <summary>A vendor.</summary>
    internal VendorPeer this[string vendor] => _vendors[vendor];

    public async ValueTask InitializeAsync()
    {
        _upstream = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.Map("/{vendor}/{**rest}", AnswerAsync));
        _config = new ConfigFiles([.. All.SelectMany(Documents), Model("fast", "openai", "m"), ConfigFiles.Consumer(), "apiVersion: tidegate/v1\nkind: Route\nmetadata: { name: models }\nspec:\n  models: {}"]);
        var variables = new Dictionary<string, string?> { ["WRONG_KEY"] = "AKIDWRONG:wrong" };
        foreach (var vendor in All) variables[Variable(vendor)] = vendor.Secret;
        _node = await TidegateProcess.ServeAsync(new TidegateSetup { Data = _data.Path, Config = _config.Path, Variables = variables });
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
        if (_upstream is not null) await _upstream.DisposeAsync();
        _config?.Dispose();
        _data.Dispose();
    }

    private static string Variable(VendorPeer vendor) => vendor.Vendor.ToUpperInvariant() + "_KEY";

    private IEnumerable<string> Documents(VendorPeer vendor)
    {
        yield return Provider(vendor, vendor.Vendor, Variable(vendor));
        yield return Provider(vendor, vendor.Vendor + "-refused", "WRONG_KEY");
        yield return Model(vendor.Vendor, vendor.Vendor, "m");
        yield return Model($"{vendor.Vendor}-refused", vendor.Vendor + "-refused", "m");
        foreach (var fault in Faults) yield return Model($"{vendor.Vendor}-{fault}", vendor.Vendor, $"m-{fault}");
    }

    private string Provider(VendorPeer vendor, string name, string variable) => $$"""
        apiVersion: tidegate/v1
        kind: Provider
        metadata: { name: {{name}} }
        spec:
          vendor: {{vendor.Vendor}}
          address: {{_upstream.Address.GetLeftPart(UriPartial.Authority)}}/{{vendor.Vendor}}{{vendor.Base}}
          keys: [{ name: main, secret: "${env:{{variable}}}" }]
          {{vendor.Spec}}
        """;

    private static string Model(string name, string provider, string model) => $$"""
        apiVersion: tidegate/v1
        kind: Model
        metadata: { name: {{name}} }
        spec:
          targets: [{ provider: {{provider}}, model: {{model}} }]
          maxAttempts: 1
        """;

    private Task AnswerAsync(HttpContext context)
    {
        var vendor = (string)context.Request.RouteValues["vendor"]!;
        return _vendors[vendor].HandleAsync(context, context.Request.Path.Value![(vendor.Length + 1)..]);
    }
}
