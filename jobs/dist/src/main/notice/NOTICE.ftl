Customer Pulse
This product is under the Apache License, Version 2.0; see LICENSE.

It comes with the libraries below, each under the licence that is named beside it; where several are
named, under any one of them. What their authors want to be told stands in META-INF of each jar. The
jars in jobs/ hold classes of the same libraries.

<#list dependencyMap as entry>
lib/${entry.getKey().artifactId}-${entry.getKey().version}.jar
    ${entry.getKey().groupId}: <#list entry.getValue() as licence>${licence}<#sep>; </#list><#if entry.getKey().url??>
    ${entry.getKey().url}</#if>
</#list>
