using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Azure OpenAI: the deployment in the path, the version as a parameter, the key in a header of its own.</summary>
internal sealed class AzurePeer : OpenAiPeer
{
    public override string Vendor => "azure";

    public override string Base => "";

    protected override bool IsKey(HttpRequest request) => request.Headers["api-key"] == Key && request.Headers.Authorization.Count == 0;

    protected override bool IsEmbeddings(HttpContext context, string path)
    {
        Require(path.StartsWith("/openai/deployments/", StringComparison.Ordinal) && context.Request.Query["api-version"].Count == 1, $"a deployment and a version, not {path}");
        Require(path.EndsWith("/chat/completions", StringComparison.Ordinal) || path.EndsWith("/embeddings", StringComparison.Ordinal), $"one of its operations, not {path}");
        return path.EndsWith("/embeddings", StringComparison.Ordinal);
    }

    protected override string ModelOf(string path, JsonObject body) => path.Split('/')[3];

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}""",
        404 => """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""",
        429 => """{"error":{"code":"429","message":"Requests have exceeded the call rate limit of your tier."}}""",
        500 => """{"error":{"code":"InternalServerError","message":"Backend returned unexpected response."}}""",
        _ => """{"error":{"message":"Invalid value.","type":"invalid_request_error","param":"messages","code":null}}""",
    };
}
