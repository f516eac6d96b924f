using System.IO.Pipelines;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Reads of a caller's body that may have to end before anything comes, and leave the server's reader fit for whoever reads next: another attempt, or the server, which reads the rest to its end.</summary>
internal static class CallerReads
{
    /// <summary>Reads until something comes, or the token is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async ValueTask<ReadResult> ReadOrCancelAsync(this PipeReader reader, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var reading = reader.ReadAsync(CancellationToken.None);
        // Not given the token: after a read that throws, the server takes its reader for being read for ever, cannot read the rest, breaks the connection and logs an error.
        using var ending = reading.IsCompleted ? default : cancel.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        var result = await reading;
        if (!result.IsCanceled || !cancel.IsCancellationRequested) return result;
        reader.AdvanceTo(result.Buffer.Start);
        throw new OperationCanceledException(cancel);
    }

    /// <summary>Ends a read that nobody waits for any more; nothing of what came is lost.</summary>
    public static async ValueTask LetGoAsync(this PipeReader reader, ValueTask<ReadResult> reading)
    {
        reader.CancelPendingRead();
        try
        {
            reader.AdvanceTo((await reading).Buffer.Start);
        }
        catch (Exception)
        {
            // The caller is gone, or his body is: whoever reads next will see it.
        }
    }
}
