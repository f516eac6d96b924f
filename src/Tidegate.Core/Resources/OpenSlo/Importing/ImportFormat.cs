using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>A format that objectives can be brought along in. A new one is a file with one of these, and a line in <see cref="Importer"/>.</summary>
internal abstract class ImportFormat
{
    /// <summary>Its word: <c>tidegate import sloth</c>.</summary>
    public abstract string Word { get; }

    /// <summary>The objects of OpenSLO v1 and Tidegate that one document of the format stands for, at its places. What cannot be brought along goes to the scope.</summary>
    /// <param name="map">The document.</param>
    /// <param name="dataSource">Name of the DataSource its queries are for, or null.</param>
    /// <param name="scope">Where findings go.</param>
    public abstract IEnumerable<MapNode> Read(MapNode map, string? dataSource, LenientScope scope);
}
