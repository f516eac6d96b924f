using System.Buffers;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Rescue;

/// <summary>What happens to a stream that broke after the caller had seen some of it, where its alias wants it rescued.</summary>
internal static class StreamRescue
{
    /// <summary>The journal of a call whose alias wants broken streams to be gone on with; null for others.</summary>
    public static RescueJournal? Begin(ModelCall model, AliasModel alias) =>
        model.Stream && model.Face.Operation == ModelOperation.Chat && alias.Config.Rescue is RescueMode.Prefill or RescueMode.Splice ? new RescueJournal(alias.Config.Rescue) : null;

    /// <summary>An attempt broke off and another one may go on with its stream.</summary>
    public static bool MayGoOn(ModelCall model, ModelAttempt attempt) =>
        attempt is { Committed: true, Error: not null, Scope.Cause: not (CancelCause.CallerGone or CancelCause.Shutdown or CancelCause.Deadline) } && model.Journal is { CanGoOn: true };

    /// <summary>Nothing more is to be tried for a call: its open stream cannot be gone on with.</summary>
    public static bool IsLost(ModelCall model) => model.Journal is { Writer: not null, CanGoOn: false };

    /// <summary>The caller has a stream that is not at its end: what follows goes on with it, and is no answer of its own.</summary>
    public static bool IsOpen(ModelCall model) => model.Journal is { Writer: not null };

    /// <summary>Notes that another attempt goes on with the stream of this one.</summary>
    public static void Note(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        model.Journal!.Break(attempt.Error!, attempt.Use);
        call.Record.Destination = attempt.Target.Name;
        call.Note($"rescue by {model.Journal.Mode.ToString().ToLowerInvariant()}: {attempt.Reason}");
    }

    /// <summary>The target's answer is not the one the caller has the begin of.</summary>
    public static void GiveUp(RescueJournal journal, ModelAttempt attempt)
    {
        journal.Stop();
        attempt.Scope.Cancel(CancelCause.GivenUp); // it did nothing wrong: neither breaker nor health learn from it
        attempt.Fail(journal.Error!, "its answer is another than the one the caller has begun to read");
    }

    /// <summary>True when a target can go on with the open stream of a call.</summary>
    public static bool Fits(ModelCall model, TargetModel target) =>
        model.Journal!.Mode == RescueMode.Splice || target.Provider.Vendor.FormatFor(model.Face.Format.Name, target.Config.Model) is IPrefillFormat { TakesPrefill: true };

    /// <summary>The request of an attempt that goes on; null when it cannot be made.</summary>
    public static ReadOnlyMemory<byte>? Body(ModelCall model, ITargetFormat format, ReadOnlyMemory<byte> body) =>
        model.Journal is { Writer: not null, Mode: RescueMode.Prefill } journal ? (format as IPrefillFormat)?.WithPrefill(body, journal.Text.TrimEnd()) : body;

    /// <summary>Ends a stream that nobody could go on with: an error, in the caller's format.</summary>
    public static async ValueTask FailAsync(GatewayCall call, ModelCall model)
    {
        var journal = model.Journal!;
        var record = call.Record;
        record.Outcome = CallOutcome.Truncated;
        record.Error = model.LastError?.Message ?? "";
        var output = new ArrayBufferWriter<byte>();
        journal.Writer!.Write(new Failed(ModelErrorWriter.Named(call, journal.Error!)), output);
        await call.Http.Response.BodyWriter.WriteAsync(output.WrittenMemory, call.Http.RequestAborted);
        record.ResponseBytes += output.WrittenCount;
    }
}
