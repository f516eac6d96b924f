using System.Net;
using System.Text;

namespace Tidegate.Tests.Cli;

/// <summary>An admin API that answers what the test says and remembers what was asked.</summary>
internal sealed class FakeAdmin(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(HttpMethod Method, string Path, string? Token)> Asked { get; } = [];

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, type) };

    public static HttpResponseMessage Problem(string json, HttpStatusCode status) => Json(json, status, "application/problem+json");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add((request.Method, request.RequestUri!.PathAndQuery, request.Headers.Authorization?.Parameter));
        var reply = answer(request);
        reply.RequestMessage = request;
        return Task.FromResult(reply);
    }
}
