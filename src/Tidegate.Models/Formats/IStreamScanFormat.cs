namespace Tidegate.Models.Formats;

/// <summary>A format that has a cheap way to look at its streams; others are looked at by their full reader.</summary>
public interface IStreamScanFormat
{
    /// <summary>Looks on at a stream that passes through unchanged.</summary>
    IStreamScan CreateStreamScan();
}
