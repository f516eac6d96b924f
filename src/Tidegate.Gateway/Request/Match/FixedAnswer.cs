using System.Text;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Match;

/// <summary>A fixed text.</summary>
internal sealed class FixedAnswer(StaticResponseConfig config) : RouteAnswer
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(config.Body);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(GatewayCall call)
    {
        var response = call.Http.Response;
        response.StatusCode = config.Status;
        call.Record.Outcome = config.Status switch { < 400 => CallOutcome.Ok, < 500 => CallOutcome.ClientError, _ => CallOutcome.Unavailable };
        ResponseFinish.Apply(call);
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return;
        response.ContentType = config.ContentType;
        response.ContentLength = _body.Length;
        if (_body.Length == 0 || HttpMethods.IsHead(call.Http.Request.Method)) return;
        call.Record.ResponseBytes = _body.Length;
        await response.Body.WriteAsync(_body, call.Http.RequestAborted);
    }
}
