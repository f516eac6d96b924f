namespace Tidegate.Core.Resources.Reading;

/// <summary>An object with the text it came from.</summary>
/// <param name="Resource">The object; values that could not be read are blank.</param>
/// <param name="Node">Its text.</param>
/// <param name="Broken">Key paths at which something could not be read.</param>
internal sealed record ReadObject(Resource Resource, MapNode Node, IReadOnlyList<string> Broken);
