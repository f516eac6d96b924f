using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Ports;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>The last configuration that was published, on disk. Replaced atomically: a crash leaves the old one or the new one, never half of one.</summary>
internal sealed partial class LastGoodFile(string dataDirectory, ILogger<LastGoodFile> logger)
{
    private const string Name = "last-good.json";

    public string Path { get; } = System.IO.Path.Combine(dataDirectory, Name);

    /// <summary>What was published last on this node; null when there is nothing that can be read.</summary>
    public LastGood? Read()
    {
        try
        {
            if (!File.Exists(Path)) return null;
            var root = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
            var document = DocumentBytes.Parse(root["document"]!.ToJsonString(), Name);
            return new LastGood(
                new PublishedRevision(root["revision"]!.GetValue<long>(), document),
                root["overlays"].Deserialize<List<Overlay>>(ApiJson.Options)!,
                root["keys"].Deserialize<List<IssuedKey>>(ApiJson.Options)!,
                root["generation"]!.GetValue<long>());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or InvalidOperationException or NullReferenceException)
        {
            Log.Unreadable(logger, Path, error.Message);
            return null;
        }
    }

    /// <summary>Replaces the file. A disk that is full or gone is logged: traffic does not depend on it.</summary>
    public void Write(LastGood config)
    {
        var temporary = Path + ".tmp";
        try
        {
            Directory.CreateDirectory(dataDirectory);
            using (var file = new FileStream(temporary, Settings()))
            {
                using (var writer = new Utf8JsonWriter(file)) Write(writer, config);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, Path, error.Message);
        }
    }

    private static void Write(Utf8JsonWriter writer, LastGood config)
    {
        writer.WriteStartObject();
        writer.WriteNumber("revision", config.Revision.Number);
        writer.WriteNumber("generation", config.Generation);
        writer.WritePropertyName("overlays");
        JsonSerializer.Serialize(writer, config.Overlays, ApiJson.Options);
        writer.WritePropertyName("keys");
        JsonSerializer.Serialize(writer, config.Keys, ApiJson.Options);
        writer.WritePropertyName("document");
        writer.WriteRawValue(DocumentBytes.Canonical(config.Revision.Document), skipInputValidation: true);
        writer.WriteEndObject();
    }

    // Key hashes and plain header values are nobody else's business.
    private static FileStreamOptions Settings()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(2300, LogLevel.Error, "The last good configuration in {File} cannot be read: {Reason} The node waits for the state database.")]
        public static partial void Unreadable(ILogger logger, string file, string reason);

        [LoggerMessage(2301, LogLevel.Error, "The last good configuration cannot be written to {File}: {Reason} Traffic is not affected, but a restart without the state database would use an older one.")]
        public static partial void NotWritten(ILogger logger, string file, string reason);
    }
}
