using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>The caller's bytes with another model in them and, for streams, the wish for usage: everything else stays as it was written.</summary>
internal static class BodySplice
{
    /// <summary>False where what the caller wrote can be sent as it is.</summary>
    /// <param name="scan">Where things stand in it.</param>
    /// <param name="model">Name at the target; null leaves the model as it is (it stands in the path).</param>
    /// <param name="askForUsage">The format is told by <c>stream_options</c> to report usage.</param>
    public static bool IsNeeded(in RequestScan scan, string? model, bool askForUsage) => Renames(scan, model) || Asks(scan, askForUsage);

    /// <summary>Writes the body to send.</summary>
    public static void Write(ReadOnlySpan<byte> body, in RequestScan scan, string? model, bool askForUsage, IBufferWriter<byte> output)
    {
        var rename = Renames(scan, model);
        var name = new RequestScan.Edit(scan.ModelAt.From, scan.ModelAt.To, !rename ? "" : scan.IsForm ? model! : Quote(model!));
        if (!Asks(scan, askForUsage)) Write(body, name, null, output);
        else if (!rename) Write(body, scan.UsageEdit, null, output);
        else if (name.From < scan.UsageEdit.From) Write(body, name, scan.UsageEdit, output);
        else Write(body, scan.UsageEdit, name, output);
    }

    private static bool Renames(in RequestScan scan, string? model) => model is not null && scan.ModelAt.To > 0 && scan.Model != model;

    private static bool Asks(in RequestScan scan, bool askForUsage) => askForUsage && scan.Stream == true && !scan.StreamUsage;

    private static void Write(ReadOnlySpan<byte> body, RequestScan.Edit first, RequestScan.Edit? second, IBufferWriter<byte> output)
    {
        output.Write(body[..first.From]);
        Encoding.UTF8.GetBytes(first.Text, output);
        if (second is { } more)
        {
            output.Write(body[first.To..more.From]);
            Encoding.UTF8.GetBytes(more.Text, output);
            output.Write(body[more.To..]);
        }
        else
        {
            output.Write(body[first.To..]);
        }
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
