using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Makes attempts until one succeeds, the deadline passes or the attempt budget is used.</summary>
internal sealed class GuardStage(ForwardStage forward)
{
    /// <summary>Runs the call to its answer or its refusal.</summary>
    public async ValueTask RunAsync(GatewayCall call)
    {
        var service = call.Service!;
        var destination = service.Balancing.Pick(call, service.Destinations);
        var error = await forward.SendAsync(call, service, destination, CancellationToken.None);
        call.Record.Destination = destination.Name;
        if (error != Yarp.ReverseProxy.Forwarder.ForwarderError.None && !call.Http.Response.HasStarted)
            call.Refuse(new Refusal(502, CallOutcome.UpstreamError, "upstream_error", "The service did not answer.") { Internal = error.ToString() });
    }
}
