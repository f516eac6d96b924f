using Tidegate.Core.Calls;
using Tidegate.Gateway.Models;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Request.Admit;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Hygiene;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;

namespace Tidegate.Gateway.Request;

/// <summary>One call, on one screen. A stage that returns false has refused the call or answered it.</summary>
internal sealed partial class Pipeline(
    HygieneStage hygiene, MatchStage match, IdentifyStage identify, AdmitStage admit, GuardStage guard, ModelStage models, RecordStage record, ShadowRun shadows, DrainState drain, ILogger<Pipeline> logger)
{
    /// <summary>Takes the call from its headers to its record.</summary>
    public async Task RunAsync(GatewayCall call)
    {
        record.Begin(call);                             // 0. id, trace context, clock
        try
        {
            if (hygiene.Check(call)                     // 1. what no route should ever see
                && match.Find(call)                     // 2. Match: route, branch, CORS preflight
                && await identify.CheckAsync(call)      // 3. Identify: who calls, and may they
                && await admit.EnterAsync(call))        // 4. Admit: rates, concurrency, body size
            {
                if (call.Route.Answer is { } answer) await answer.WriteAsync(call); // redirect, fixed answer
                else if (call.Route.ServesModels) await models.RunAsync(call); // 5. Models: until a target answers or none is left
                else await guard.RunAsync(call);        //    or Guard( Balance, Forward ): until an attempt succeeds or none is left
            }

            if (call.Refusal is { } refusal) await ErrorWriter.WriteAsync(call, refusal);
        }
        catch (Exception e) when (call.Http.RequestAborted.IsCancellationRequested)
        {
            // The caller left while we were writing, and whatever broke then is nobody's failure; or we cut the connection ourselves.
            call.Record.Outcome = drain.Forced ? CallOutcome.GatewayError : CallOutcome.ClientCancelled;
            call.Record.Error = e.GetType().Name;
        }
        catch (Exception e)
        {
            Log.Fault(logger, e, call.Record.Id, call.Record.Route);
            call.Record.Outcome = CallOutcome.GatewayError;
            call.Record.Error = e.GetType().Name;
            await ErrorWriter.FaultAsync(call);
        }
        finally
        {
            call.Leases.Release();
            record.End(call);                           // 6. Record: exact counters, then the call log
            if (call.Shadow is { } shadow) shadows.Start(shadow, call.Record); // of a model's call, a copy: when nobody waits any more
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "Call {CallId} on route '{Route}' failed inside the gateway. This is a bug: please report it with this message.")]
        public static partial void Fault(ILogger logger, Exception exception, Guid callId, string route);
    }
}
