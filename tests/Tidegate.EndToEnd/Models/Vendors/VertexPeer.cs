using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Google's models on Vertex AI: project and region in the path, a token, and embeddings by <c>:predict</c>.</summary>
internal sealed class VertexPeer : GeminiPeer
{
    public override string Vendor => "vertex";

    public override string Spec => "project: tides\n  region: europe-west4";

    protected override string Prefix => "/v1/projects/tides/locations/europe-west4/publishers/google/models/";

    protected override bool IsKey(HttpRequest request) => request.Headers.Authorization == $"Bearer {Key}";

    protected override VendorAsk? ReadEmbeddings(string model, string verb, JsonObject body) =>
        verb == "predict" ? new VendorAsk(model, false) { Embed = [.. body["instances"]!.AsArray().Select(i => i!["content"]!.GetValue<string>())] } : null;

    protected override string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) =>
        $$$"""{"predictions":[{{{string.Join(',', inputs.Select(t => $$$"""{"embeddings":{"values":{{{Vector(t)}}},"statistics":{"token_count":4,"truncated":false} } }"""))}}}],"metadata":{"billableCharacterCount":8}}""";
}
